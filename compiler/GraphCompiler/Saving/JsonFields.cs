using GraphCompiler.Diagnostics;

namespace GraphCompiler.Saving;

/// <summary>The members of an object of a file, to be taken one by one until none is left.</summary>
internal sealed class JsonFields(JsonPlace place, Dictionary<string, JsonPlace> fields)
{
    /// <summary>A member that must be there.</summary>
    public JsonPlace Take(string name) =>
        fields.Remove(name, out var value) ? value : throw place.Damaged($"\"{name}\", which is missing");

    /// <summary>A member that may be there.</summary>
    public bool TryTake(string name, out JsonPlace value) => fields.Remove(name, out value);

    /// <summary>The elements of a member that may be there: none where it is not.</summary>
    public IEnumerable<JsonPlace> Items(string name) => TryTake(name, out var value) ? value.Items() : [];

    /// <summary>GRC0461 for what nobody took: a later version may mean something by it.</summary>
    public void End()
    {
        foreach (var name in fields.Keys)
        {
            throw place.Unknown($"has \"{DisplayName.Of(name)}\", which it does not know");
        }
    }
}
