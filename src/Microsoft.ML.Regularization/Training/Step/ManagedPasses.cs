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
        if (network.Passes is not { } passes || batch.Input.Rows is not { requires_grad: false } rows || network.Mixing is not null)
            return null;

        using var features = rows.contiguous();
        var outputs = passes.Forward(MatrixOf(features), isTraining: true);
        var gradient = passes.OutputGradient(outputs.Rows);
        var loss = objective.HasGradient
            ? Gradient(objective, outputs, batch, gradient, network.Members)
            : TorchGradient(objective, outputs, batch, gradient, network.Members);
        passes.Backward(gradient);
        return loss;
    }

    /// <summary>
    /// The outputs (batch, outputs) as at scoring, in memory that stands until the next call; null where libtorch must compute them, as it does the mean of members.
    /// </summary>
    public static Matrix? TryCompute(Network network, NetworkInput input)
    {
        if (network.Passes is not { } passes || input.Rows is not { } rows || network.Members > 1)
            return null;

        using var features = rows.contiguous();
        return passes.Forward(MatrixOf(features), isTraining: false);
    }

    // The mean of the members' losses: each row counts once for each of them.
    private static double Gradient(Objective objective, Matrix outputs, TrainingBatch batch, Matrix gradient, int members)
    {
        var targets = FloatsOf(batch.Targets);
        var factors = FloatsOf(batch.RowFactors);
        var size = targets.Length / factors.Length;
        var sum = 0.0;
        for (var row = 0; row < outputs.Rows; row++)
        {
            var slopes = new Span<float>(gradient.At(row, 0), outputs.Columns);
            var (factor, target) = (factors[row / members] / members, row / members * size);
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

    private static Matrix MatrixOf(Tensor tensor)
    {
        // libtorch's memory does not move.
        fixed (float* start = FloatsOf(tensor))
            return new Matrix(start, (int)tensor.shape[0], (int)tensor.shape[1]);
    }

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
