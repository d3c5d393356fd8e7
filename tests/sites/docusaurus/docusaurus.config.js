export default {
  title: 'Harbour',
  url: 'https://harbour.example',
  baseUrl: '/',
  onBrokenLinks: 'throw',
  i18n: {defaultLocale: 'en', locales: ['en', 'ko']},
  plugins: [['@docusaurus/plugin-content-docs', {routeBasePath: '/', sidebarPath: false}]],
  themes: ['@docusaurus/theme-classic'],
};
