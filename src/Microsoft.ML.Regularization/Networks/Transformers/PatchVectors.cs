namespace Microsoft.ML.Regularization.Networks;

/// <summary>Those of images' patches: a linear layer of their numbers.</summary>
internal sealed class PatchVectors(ImagePatches patches, ScoringLayer linear) : TokenVectors
{
    public override IReadOnlyList<ScoringLayer> Layers => [linear];

    public override int CountIn(ReadOnlySpan<float> row) => patches.Count;

    public override ReadOnlySpan<float> Embed(TokenStates memory, ReadOnlySpan<float> rows, int count)
    {
        memory.Tokens.Take(firstSequence: 0, count);

        // Behind the numbers stand the vectors that they become.
        var (all, size) = (count * patches.Count, count * patches.Pixels);
        var wide = memory.Wide(all, patches.Numbers + linear.Outputs);
        var numbers = wide[..size];
        for (var patch = 0; patch < all; patch++)
            patches.Copy(rows.Slice(patch / patches.Count * patches.Pixels, patches.Pixels), patch % patches.Count, numbers.Slice(patch * patches.Numbers, patches.Numbers));
        linear.Apply(numbers, all, wide[size..], noise: null);
        return wide[size..];
    }
}
