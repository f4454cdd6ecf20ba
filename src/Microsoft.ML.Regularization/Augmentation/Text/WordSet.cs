using System.Collections;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Words, in whatever case: <c>StopWords = ["a", "the"]</c>. Immutable; two sets are equal when they hold the same words.</summary>
[CollectionBuilder(typeof(WordSet), nameof(Create))]
[JsonConverter(typeof(JsonArrayConverter))]
public sealed class WordSet : IReadOnlyCollection<string>, IEquatable<WordSet>
{
    private readonly FrozenSet<string> _words;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private WordSet(IEnumerable<string> words)
    {
        _words = words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>English words that have a function in a sentence rather than a meaning of their own, such as articles, pronouns and prepositions.</summary>
    public static WordSet EnglishStopWords { get; } = new(Augmentation.EnglishStopWords.All);

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>Makes a set, as collection expressions do.</summary>
    /// <param name="words">The words; those that are there already are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A word is null or blank.</exception>
    public static WordSet Create(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (string.IsNullOrWhiteSpace(word))
                throw Contracts.ExceptParam(nameof(words), $"A word must not be {(word is null ? "null" : "blank")}.");
        }

        return new WordSet(words.ToArray());
    }

    /// <summary>Whether a word is among them, in whatever case.</summary>
    /// <param name="word">The word.</param>
    public bool Contains(ReadOnlySpan<char> word) => _lookup.Contains(word);

    /// <summary>In no particular order.</summary>
    public IEnumerator<string> GetEnumerator() => _words.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold the same words, in whatever case and order.</summary>
    /// <param name="other">The set to compare with.</param>
    public bool Equals(WordSet? other) => other is not null && _words.SetEquals(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WordSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _words.Aggregate(0, (hash, word) => hash ^ StringComparer.OrdinalIgnoreCase.GetHashCode(word));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _words.Order(StringComparer.Ordinal));

    private sealed class JsonArrayConverter : JsonConverter<WordSet>
    {
        public override WordSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var words = JsonSerializer.Deserialize<string[]>(ref reader, options)!;
            return Array.Exists(words, string.IsNullOrWhiteSpace) ? throw new JsonException("A word is null or blank.") : new WordSet(words);
        }

        public override void Write(Utf8JsonWriter writer, WordSet value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<string[]>(writer, [.. value.Order(StringComparer.Ordinal)], options);
    }
}
