using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Identifies the run of a checkpoint, by sections of fields and values that must agree.</summary>
/// <param name="context">Makes errors.</param>
/// <param name="folder">Where the checkpoint is.</param>
/// <param name="found">The identity in the checkpoint; null if there is none.</param>
internal sealed class CheckpointIdentity(IExceptionContext context, string folder, JsonObject? found)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _sections = [];

    /// <summary>The sections so far.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Sections => _sections;

    /// <summary>The sections so far, in the form that the checkpoint stores.</summary>
    public JsonObject ToJson() =>
        new(_sections.Select(section => KeyValuePair.Create<string, JsonNode?>(
            section.Key, new JsonObject(section.Value.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value))))));

    /// <summary>The checkpoint's value of a field in a section.</summary>
    public string? Found(string section, string field) => found?[section]?[field]?.GetValue<string>();

    /// <summary>Adds a section, which must agree with the checkpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The checkpoint has different values.</exception>
    public void Agree(string section, IReadOnlyDictionary<string, string> fields)
    {
        if (Add(section, fields) is { Count: > 0 } differences)
        {
            throw context.ExceptUserArg(
                nameof(CheckpointOptions.Folder),
                $"The checkpoint in the folder '{folder}' is of another run: {string.Join("; ", differences)}. "
                + "Take another Folder, or delete this one to train anew.");
        }
    }

    /// <summary>Adds a section and returns its differences from the checkpoint, each with the name and both values.</summary>
    public IReadOnlyList<string> Add(string section, IReadOnlyDictionary<string, string> fields)
    {
        _sections[section] = fields;
        if (found is null)
            return [];

        var earlier = (found[section]?.AsObject() ?? []).ToDictionary(field => field.Key, field => field.Value!.GetValue<string>());
        return
        [
            .. fields.Keys.Union(earlier.Keys).Where(name => fields.GetValueOrDefault(name) != earlier.GetValueOrDefault(name))
                .Select(name => $"{name} is {ValueOf(fields, name)}, but was {ValueOf(earlier, name)}"),
        ];
    }

    private static string ValueOf(IReadOnlyDictionary<string, string> fields, string name) => fields.GetValueOrDefault(name) ?? OptionFields.None;
}
