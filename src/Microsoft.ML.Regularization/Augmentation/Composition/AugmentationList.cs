using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Augmentations in the order in which rows go through them: <c>Augmentations = [new MixupOptions { Alpha = 0.4 }]</c>. Immutable; compares by value.
/// </summary>
[CollectionBuilder(typeof(AugmentationList), nameof(Create))]
[JsonConverter(typeof(JsonArrayConverter))]
public sealed class AugmentationList : IReadOnlyList<AugmentationOptions>, IEquatable<AugmentationList>
{
    private readonly AugmentationOptions[] _options;

    private AugmentationList(AugmentationOptions[] options) => _options = options;

    /// <summary>How many there are.</summary>
    public int Count => _options.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">From 0.</param>
    public AugmentationOptions this[int index] => _options[index];

    /// <summary>Makes a list, as collection expressions do.</summary>
    /// <param name="augmentations">In the order in which rows go through them.</param>
    public static AugmentationList Create(ReadOnlySpan<AugmentationOptions> augmentations) => new(augmentations.ToArray());

    /// <summary>In the order in which rows go through them.</summary>
    public IEnumerator<AugmentationOptions> GetEnumerator() => _options.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold equal augmentations in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool Equals(AugmentationList? other) => other is not null && _options.SequenceEqual(other._options);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AugmentationList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var options in _options)
            hash.Add(options);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" and ", _options.Select(options => options.Name));

    internal void Validate(IExceptionContext context)
    {
        foreach (var options in _options)
        {
            if (options is null)
                throw context.ExceptUserArg(nameof(RegularizationRecipe.Augmentations), "Augmentations must not hold null.");
            options.Validate(context);
            if (options.WhyNotInTrainer is { } reason)
                throw context.ExceptUserArg(nameof(RegularizationRecipe.Augmentations), $"Augmentations holds {options.Name}, but {reason}");
        }
    }

    private sealed class JsonArrayConverter : JsonConverter<AugmentationList>
    {
        public override AugmentationList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<AugmentationOptions[]>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, AugmentationList value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<AugmentationOptions[]>(writer, [.. value], options);
    }
}
