import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: 'src/e2e/build.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The machine's own settings must not decide a test.
    env: {
      TZ: 'UTC',
      NO_COLOR: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      XDG_STATE_HOME: '',
    },
  },
});
