import type { Folder } from '../define.ts';
import { t } from '../fields.ts';

/** Folders of the content menu: collections without a table. */
export const FOLDERS: Folder[] = [{ name: 'crm_settings', label: t('系统设置', 'Settings'), icon: 'settings', sort: 9, hidden: true }];
