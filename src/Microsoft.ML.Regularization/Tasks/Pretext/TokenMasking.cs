using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Hides tokens of texts: see <see cref="MaskedTokenTask"/>.</summary>
/// <param name="kinds">The vocabulary.</param>
/// <param name="rate">The probability that a token is asked for.</param>
/// <param name="key">Of the draws.</param>
internal sealed class TokenMasking(TokenKinds kinds, double rate, RandomKey key)
{
    private const double Hidden = 0.8;
    private const double Replaced = 0.1;

    private readonly int[] _words = [.. Enumerable.Range(0, kinds.Count).Where(kinds.IsWord)];

    /// <summary>Changes some tokens.</summary>
    /// <param name="tokens">The tokens of a batch's texts, one text after the other; changed in place.</param>
    /// <param name="step">Has draws of its own.</param>
    /// <returns>The places of the tokens that are asked for, in ascending order, and what they were.</returns>
    public (long[] Places, long[] Tokens) Apply(Span<float> tokens, ulong step)
    {
        var random = new KeyedStream(key, step);
        var words = new List<int>();
        for (var place = 0; place < tokens.Length; place++)
        {
            if (kinds.IsWord((int)tokens[place]))
                words.Add(place);
        }

        var drawn = new int[words.Count];
        var count = words.Count == 0 ? 0 : BernoulliSubset.Draw(drawn, drawn.Length, random.NextKey(), rate);
        if (count == 0 && words.Count > 0)
            (drawn[0], count) = ((int)random.NextInt64(words.Count), 1);
        var (places, asked) = (new long[count], new long[count]);
        for (var i = 0; i < count; i++)
        {
            var place = words[drawn[i]];
            (places[i], asked[i]) = (place, (long)tokens[place]);
            tokens[place] = Change((int)tokens[place], ref random);
        }

        return (places, asked);
    }

    private int Change(int token, ref KeyedStream random) => random.NextDouble() switch
    {
        < Hidden => kinds.Mask,
        < Hidden + Replaced => _words[random.NextInt64(_words.Length)],
        _ => token,
    };
}
