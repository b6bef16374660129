import type { Said } from './i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Collections of the host itself, which it calls by the names of their tables. */
export const HOST_NAMES: Readonly<Record<string, Said>> = {
  directus_comments: said('评论', 'Comments'),
  directus_dashboards: said('仪表板', 'Dashboards'),
  directus_files: said('文件', 'Files'),
  directus_folders: said('文件夹', 'Folders'),
  directus_notifications: said('通知', 'Notifications'),
  directus_panels: said('面板', 'Panels'),
  directus_presets: said('书签', 'Bookmarks'),
  directus_users: said('人员', 'People'),
  directus_versions: said('草稿版本', 'Versions'),
};
