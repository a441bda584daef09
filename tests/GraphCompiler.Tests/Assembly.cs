// Each test has a fixture of its own: a graph in a field is that test's alone.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
