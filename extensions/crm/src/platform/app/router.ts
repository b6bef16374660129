import type { ComponentInternalInstance } from 'vue';

interface Router {
  push(path: string): Promise<unknown>;
}

/** The Studio's own router: a package of it would be a second one. */
export const routerOf = (instance: ComponentInternalInstance | null): Router =>
  instance!.appContext.config.globalProperties['$router'] as Router;
