namespace GraphCompiler.Tests.Laws;

/// <summary>A sample in which a rule must apply.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Sample">Its only result is the node that the rule rewrites.</param>
internal sealed record RewriteSample(string Rule, Sample Sample);
