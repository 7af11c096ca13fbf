import { useEffect, type ReactNode } from 'react';

/** The page's title, in the window's title too, with its actions to the right. */
export function PageHead({
  title,
  windowTitle,
  about,
  children,
}: {
  title: ReactNode;
  windowTitle?: string;
  about?: ReactNode;
  children?: ReactNode;
}) {
  const name = windowTitle ?? (typeof title === 'string' ? title : null);
  useEffect(() => {
    document.title = name === null ? '闭环 · 任务闭环管理' : `${name} · 闭环`;
  }, [name]);
  return (
    <div className="head">
      <div className="head-text">
        <h1>{title}</h1>
        {about !== undefined && <p>{about}</p>}
      </div>
      {children}
    </div>
  );
}
