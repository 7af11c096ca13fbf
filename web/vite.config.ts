import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The API that `vite` itself passes requests to while pages are being written; the built pages are served by the API. */
const api = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Offices keep browsers for years: the last two years of Chromium shells and ESR are meant.
    target: ['chrome109', 'firefox115', 'safari16'],
    // The charts' chunk is loaded by one page only, and late.
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/,
              priority: 3,
            },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/openapi.json': api, '/reference': api } },
});
