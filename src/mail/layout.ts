/** The page around an HTML body: one readable column, no images, no scripts, nothing loaded from elsewhere. */
export function htmlLayout(parts: { language: string; title: string; body: string; footer: string }): string {
  return `<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${parts.title}</title>
<style>
body { margin: 0; padding: 0; }
.page { max-width: 600px; margin: 0 auto; padding: 24px 16px; font: 16px/1.5 system-ui, sans-serif; }
.page img { max-width: 100%; height: auto; }
.footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid #ccc; font-size: 13px; color: #666; }
.footer p { margin: 4px 0; }
</style>
</head>
<body>
<div class="page">
${parts.body}${parts.footer === '' ? '' : `<div class="footer">\n${parts.footer}</div>\n`}</div>
</body>
</html>
`;
}
