import { PaperClipOutlined } from '@ant-design/icons';
import { address } from '../api/request.ts';
import { fileSize } from './file-size.ts';

export interface FileRef {
  id: string;
  name: string;
  size: number;
}

export function FileLinks({ files }: { files: readonly FileRef[] }) {
  if (files.length === 0) return null;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '2px 12px' }}>
      {files.map((file) => (
        <a
          key={file.id}
          href={address('GET /api/files/{id}', { params: { id: file.id } })}
          target="_blank"
          rel="noreferrer"
        >
          <PaperClipOutlined /> {file.name} <span className="quiet small">{fileSize(file.size)}</span>
        </a>
      ))}
    </span>
  );
}
