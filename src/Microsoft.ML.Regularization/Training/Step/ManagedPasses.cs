using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Passes through a network and its loss in managed code, where the network has such.</summary>
internal static unsafe class ManagedPasses
{
    /// <summary>Adds the gradient of the loss to that of the parameters, and gives the loss; null where libtorch must compute it.</summary>
    /// <param name="network">The network, in training.</param>
    /// <param name="objective">The rows' loss.</param>
    /// <param name="batch">The rows.</param>
    public static double? TryAddGradient(Network network, Objective objective, TrainingBatch batch)
    {
        if (network.Passes is not { } passes || batch.Input is not { Rows: { requires_grad: false } rows, Places: null } || (network.Mixing is not null && !passes.Mixes))
            return null;

        using var features = rows.contiguous();
        var (all, loss) = (MatrixOf(features), 0.0);
        for (int first = 0, count; first < all.Rows; first += count)
        {
            count = objective.HasGradient ? passes.RowsOfChunk(RowsFrom(all, first), isTraining: true) : all.Rows;
            var outputs = passes.Forward(all.Block(first, 0, count, all.Columns), first, isTraining: true);
            var gradient = passes.OutputGradient(outputs.Rows);
            loss += objective.HasGradient
                ? Gradient(objective, outputs, batch, first, gradient, network.Members)
                : TorchGradient(objective, outputs, batch, gradient, network.Members);
            passes.Backward(gradient);
        }

        return loss;
    }

    /// <summary>Computes outputs as at scoring; false where libtorch must compute them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">The rows.</param>
    /// <param name="outputs">Receives (batch, outputs).</param>
    public static bool TryCompute(Network network, NetworkInput input, Span<float> outputs)
    {
        if (network.Passes is not { } passes || input is not { Rows: { } rows, Places: null })
            return false;

        using var features = rows.contiguous();
        var (all, members) = (MatrixOf(features), network.Members);
        var own = new float[members * passes.Outputs];
        for (int first = 0, count; first < all.Rows; first += count)
        {
            count = passes.RowsOfChunk(RowsFrom(all, first), isTraining: false);
            var computed = passes.Forward(all.Block(first, 0, count, all.Columns), first, isTraining: false);
            for (var row = 0; row < computed.Rows; row++)
            {
                computed.RowSpan(row).CopyTo(own.AsSpan(row % members * computed.Columns));
                if (row % members == members - 1)
                    network.Join(own, outputs.Slice((first + row / members) * computed.Columns, computed.Columns));
            }
        }

        return true;
    }

    // The mean of the members' losses: each row counts once for each of them.
    private static double Gradient(Objective objective, Matrix outputs, TrainingBatch batch, int firstRow, Matrix gradient, int members)
    {
        var targets = FloatsOf(batch.Targets);
        var factors = FloatsOf(batch.RowFactors);
        var size = targets.Length / factors.Length;
        var sum = 0.0;
        for (var row = 0; row < outputs.Rows; row++)
        {
            var slopes = new Span<float>(gradient.At(row, 0), outputs.Columns);
            var place = firstRow + row / members;
            var (factor, target) = (factors[place] / members, place * size);
            sum += factor * objective.GradientOfRow(new ReadOnlySpan<float>(outputs.At(row, 0), outputs.Columns), targets.Slice(target, size), slopes);
            foreach (ref var slope in slopes)
                slope *= factor;
        }

        return sum;
    }

    // Gradients flow through the loss alone.
    private static double TorchGradient(Objective objective, Matrix outputs, TrainingBatch batch, Matrix gradient, int members)
    {
        using var copy = FloatTensors.Empty(outputs.Rows, outputs.Columns);
        outputs.CopyTo(MatrixOf(copy));
        copy.requires_grad_();
        var loss = members == 1
            ? objective.Sum(copy, batch.Targets, batch.RowFactors)
            : objective.Sum(copy, batch.Targets.repeat_interleave(members, 0), batch.RowFactors.repeat_interleave(members, 0).Over(members));
        var slopes = autograd.grad([loss], [copy])[0].contiguous();
        MatrixOf(slopes).CopyTo(gradient);
        return loss.item<float>();
    }

    private static Matrix RowsFrom(Matrix all, int first) => all.Block(first, 0, all.Rows - first, all.Columns);

    private static Matrix MatrixOf(Tensor tensor)
    {
        // libtorch's memory does not move.
        fixed (float* start = FloatsOf(tensor))
            return new Matrix(start, (int)tensor.shape[0], (int)tensor.shape[1]);
    }

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
