using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Texts of which some tokens are hidden: see <see cref="MaskedTokenTask"/>.</summary>
/// <param name="masking">Hides them.</param>
/// <param name="width">Numbers of a token's vector.</param>
internal sealed class MaskedTokenPretext(TokenMasking masking, int width) : Pretext
{
    // What the products with the tokens' vectors are of.
    public override int Outputs => width;

    public override Objective Objective { get; } = new MaskedTokenObjective();

    /// <summary>Targets (asked tokens), of int64.</summary>
    public override TrainingBatch Pose(TrainingBatch rows, ulong step)
    {
        using var scope = NewDisposeScope();
        var device = rows.Features.device;
        var changed = rows.Features.cpu().clone();
        var (places, tokens) = masking.Apply(MemoryMarshal.Cast<byte, float>(changed.bytes), step);
        var length = changed.shape[1];
        long[] both = [.. places.Select(place => place / length), .. places.Select(place => place % length)];
        return new TrainingBatch(
            new NetworkInput(changed.to(device).MoveToOuterDisposeScope()) { Places = tensor(both, ScalarType.Int64, CPU).view(2, -1).to(device).MoveToOuterDisposeScope() },
            tensor(tokens, ScalarType.Int64, CPU).to(device).MoveToOuterDisposeScope(),
            rows.RowFactors);
    }
}
