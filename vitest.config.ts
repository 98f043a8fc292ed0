import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // The tests wait for programs that they start more than they compute: on two cores two files at a time.
    maxWorkers: 2,
    globalSetup: 'src/e2e/build.ts',
    // A busy machine must not decide a test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Bundled from its ES modules; Node alone would load a build of it whose names it does not see.
    server: { deps: { inline: ['rrule'] } },
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
