import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/models',
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/palvella' },
});
