using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes a <see cref="CustomLoss"/>.</summary>
/// <param name="name">The name of the loss in messages.</param>
/// <param name="loss">Computes it.</param>
internal sealed class CustomObjective(string name, ICustomLoss loss) : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors) => OfRows(outputs, targets).dot(rowFactors);

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        Span<double> losses = [0];
        OfRows(outputs, target, losses);
        return losses[0];
    }

    // One tensor for all rows.
    public override void OfRows(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<double> losses)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var computed = OfRows(Matrix(outputs, losses.Length), Matrix(targets, losses.Length)).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(computed.bytes);
        for (var row = 0; row < losses.Length; row++)
            losses[row] = values[row];
    }

    private Tensor OfRows(Tensor outputs, Tensor targets)
    {
        var losses = loss.Compute(outputs, targets) ?? throw Contracts.Except($"The {name} gave null.");
        return losses.dtype == outputs.dtype && losses.shape.SequenceEqual([outputs.shape[0]]) ? losses : throw Contracts.Except(
            $"The {name} gives the wrong tensor: for {outputs.shape[0]} rows it is to be a tensor ({outputs.shape[0]}) of {outputs.dtype}, but it is "
            + $"({string.Join(", ", losses.shape)}) of {losses.dtype}.");
    }

    private static Tensor Matrix(ReadOnlySpan<float> values, int rows) => FloatTensors.Of(values, rows, values.Length / rows);
}
