import { UploadOutlined } from '@ant-design/icons';
import { Button, Upload, type UploadFile } from 'antd';
import { useState } from 'react';
import { problemText } from '../api/api-problem.ts';
import { upload } from '../api/upload.ts';
import { newKey } from '../api/use-write.ts';

interface StoredFile {
  id: string;
  name: string;
}

/**
 * Files of a form: each is sent when it is chosen, and the form's value is the list of their ids. Usable as the child of
 * a `Form.Item`.
 */
export function EvidenceUpload({
  value,
  onChange,
  one = false,
  id,
}: {
  value?: string[];
  onChange?: (ids: string[]) => void;
  one?: boolean;
  id?: string;
}) {
  const [files, setFiles] = useState<UploadFile<StoredFile>[]>([]);
  const full = one && (value?.length ?? 0) > 0;
  return (
    <Upload<StoredFile>
      {...(id === undefined ? {} : { id })}
      multiple={!one}
      {...(one ? { maxCount: 1 } : {})}
      fileList={files}
      customRequest={({ file, onProgress, onSuccess, onError }) => {
        upload<StoredFile>('/api/files', file as File, newKey(), (percent) => onProgress?.({ percent }))
          .then((stored) => onSuccess?.(stored))
          .catch((error: unknown) => onError?.(new Error(problemText(error))));
      }}
      onChange={({ fileList }) => {
        const shown = fileList.map((file) =>
          file.status === 'error' ? { ...file, response: (file.error as Error | undefined)?.message } : file,
        ) as UploadFile<StoredFile>[];
        setFiles(shown);
        onChange?.(shown.flatMap((file) => (file.status === 'done' && file.response ? [file.response.id] : [])));
      }}
    >
      <Button icon={<UploadOutlined />} disabled={full}>
        {one ? '选择文件' : '选择文件（可多选）'}
      </Button>
      <div className="quiet small" style={{ marginTop: 4 }}>
        图片、PDF、办公文档、音视频、压缩包；照片会自动去除拍摄位置。
      </div>
    </Upload>
  );
}
