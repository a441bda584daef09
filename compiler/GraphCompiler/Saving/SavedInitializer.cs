using System.Text.Json;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Saving;

/// <summary>Initial values as an object: their kind, and the arguments of the method of <see cref="Init"/> that makes them.</summary>
internal static class SavedInitializer
{
    public static void Write(Initializer initializer, Utf8JsonWriter json, ValueWriter values)
    {
        json.WriteStartObject();
        switch (initializer)
        {
            case ConstantInitializer constant:
                Member("constant", "value", constant.Value);
                break;
            case UniformInitializer uniform:
                Member("uniform", "low", uniform.Low);
                Member(null, "high", uniform.High);
                json.WriteNumber("seed", uniform.Seed);
                break;
            case NormalInitializer normal:
                Member("normal", "mean", normal.Mean);
                Member(null, "deviation", normal.Deviation);
                json.WriteNumber("seed", normal.Seed);
                break;
            case GlorotInitializer glorot:
                json.WriteString("kind", "glorot");
                json.WriteNumber("seed", glorot.Seed);
                break;
            case HeInitializer he:
                json.WriteString("kind", "he");
                json.WriteNumber("seed", he.Seed);
                break;
            case ValuesInitializer given:
                json.WriteString("kind", "values");
                json.WriteStartArray("values");
                foreach (var element in given.Elements)
                {
                    values.Number(element);
                }

                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"{initializer.GetType()} cannot be saved");
        }

        json.WriteEndObject();

        void Member(string? kind, string name, double value)
        {
            if (kind is not null)
            {
                json.WriteString("kind", kind);
            }

            json.WritePropertyName(name);
            values.Number(value);
        }
    }

    public static Initializer Read(JsonPlace place)
    {
        var fields = place.Object();
        var kind = fields.Take("kind");
        try
        {
            var initializer = kind.Text() switch
            {
                "constant" => Init.Constant(fields.Take("value").Number()),
                "uniform" => Init.Uniform(fields.Take("low").Number(), fields.Take("high").Number(), fields.Take("seed").Integer()),
                "normal" => Init.Normal(fields.Take("mean").Number(), fields.Take("deviation").Number(), fields.Take("seed").Integer()),
                "glorot" => Init.Glorot(fields.Take("seed").Integer()),
                "he" => Init.He(fields.Take("seed").Integer()),
                "values" => Init.Values([.. fields.Take("values").Items().Select(static each => each.Number())]),
                var other => throw kind.Unknown($"is \"{DisplayName.Of(other)}\", which are no initial values that it knows"),
            };
            fields.End();
            return initializer;
        }
        catch (GraphException e) when (e.Id == "GRC0425")
        {
            throw place.Refused(e.Message, e);
        }
    }
}
