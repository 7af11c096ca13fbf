import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Seals what people write and upload: AES-256-GCM under a key of its own, derived from the installation's secret. */
export interface Vault {
  /** `about` names the row: a sealed value moved to another row does not open. */
  seal(plain: Buffer, about: string): Buffer;
  /** Throws where the value was changed, moved, or sealed under another key. */
  open(sealed: Buffer, about: string): Buffer;
}

export function createVault(secretKey: Buffer): Vault {
  if (secretKey.length !== 32) throw new RangeError('密钥应为 32 字节（BIHUAN_KEY）');
  const derived = hkdfSync('sha256', secretKey, Buffer.alloc(0), 'bihuan texts and files', 32);
  // Prepared once: given as bytes, the key would be prepared anew for every text.
  const key = createSecretKey(Buffer.from(derived));
  return {
    seal(plain, about) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, about) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
    },
  };
}
