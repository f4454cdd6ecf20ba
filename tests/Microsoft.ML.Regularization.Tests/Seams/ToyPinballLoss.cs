namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>A loss as somebody would add it: the pinball loss of each quantile, <c>max(q (y - z), (q - 1) (y - z))</c> (Koenker and Bassett, 1978).</summary>
[UnionCase("toy")]
internal sealed record ToyPinballLoss : LossFunction
{
    public static readonly double[] Levels = [0.1, 0.5, 0.9];

    internal override Objective CreateObjective(RegularizationRecipe recipe) => new Pinball();

    private sealed class Pinball : Objective
    {
        public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
        {
            using var levels = TorchSharp.torch.tensor(Levels, outputs.dtype, outputs.device);
            var missing = targets - outputs;
            return TorchSharp.torch.maximum(missing * levels, missing * (levels - 1)).sum(1).dot(rowFactors);
        }

        public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
        {
            var sum = 0.0;
            foreach (var (place, level) in Levels.Index())
            {
                var missing = (double)target[0] - outputs[place];
                sum += Math.Max(level * missing, (level - 1) * missing);
            }

            return sum;
        }
    }
}
