import React from 'react';

export default function Figure({src, children}) {
  return <figure><img src={src} alt="" /><figcaption>{children}</figcaption></figure>;
}
