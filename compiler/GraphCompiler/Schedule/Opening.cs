using System.Collections.Immutable;

namespace GraphCompiler.Schedule;

/// <summary>Why a group exists: the node it was opened for, and the groups that this node was offered to in vain.</summary>
/// <param name="Node">The first node; it may have been moved on to another group since.</param>
/// <param name="Refusals">In the order of asking; empty where nothing that it reads is computed.</param>
internal sealed record Opening(Node Node, ImmutableArray<(Group Group, Refusal Why)> Refusals);
