import { Alert, Button, Drawer } from 'antd';
import type { ReactNode } from 'react';

/** A form in a drawer: what refused it stands above the fields, the two ways out below them. */
export function FormDrawer({
  title,
  size = 560,
  close,
  send,
  sendLabel,
  busy,
  danger = false,
  refusal = null,
  children,
}: {
  title: string;
  size?: number;
  close: () => void;
  send: () => void;
  sendLabel: string;
  busy: boolean;
  danger?: boolean;
  refusal?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Drawer
      open
      onClose={close}
      size={size}
      title={title}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      footer={
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button onClick={close}>取消</Button>
          <Button type="primary" danger={danger} loading={busy} onClick={send} data-testid="send">
            {sendLabel}
          </Button>
        </div>
      }
    >
      {typeof refusal === 'string' ? (
        <Alert type="error" showIcon role="alert" title={refusal} style={{ marginBottom: 12 }} />
      ) : (
        refusal
      )}
      {children}
    </Drawer>
  );
}
