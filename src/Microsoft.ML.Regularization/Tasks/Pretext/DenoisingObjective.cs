using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The loss of <see cref="DenoisingTask"/>.</summary>
/// <param name="cells">The cells of a row.</param>
/// <param name="detectionWeight">See <see cref="DenoisingTask.DetectionWeight"/>.</param>
internal sealed class DenoisingObjective(RowCells cells, double detectionWeight) : PretextObjective
{
    /// <param name="outputs">(batch, numbers; for each cell the logit of being changed; for each key the logits of being missing and of its values).</param>
    /// <param name="targets">See <see cref="DenoisingPretext.Pose"/>.</param>
    /// <param name="rowFactors">(batch).</param>
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
    {
        var (numbers, count) = (cells.Numbers, cells.Count);
        var losses = Detection(outputs.narrow(1, numbers, count), targets.narrow(1, 2 * numbers, count)).sum(1).Times(detectionWeight);
        if (numbers > 0)
            losses = losses.Plus(((outputs.narrow(1, 0, numbers) - targets.narrow(1, 0, numbers)).Squared() * targets.narrow(1, numbers, numbers)).sum(1).Over(2));
        var first = (long)numbers + count;
        for (var key = 0; key < cells.Values.Count; key++)
        {
            var logarithms = outputs.narrow(1, first, cells.Values[key] + 1).log_softmax(1);
            var value = targets.narrow(1, 2L * numbers + count + key, 1).to_type(ScalarType.Int64);
            losses = losses - logarithms.gather(1, value).squeeze(1);
            first += cells.Values[key] + 1;
        }

        return losses.dot(rowFactors).Over(count);
    }

    private static Tensor Detection(Tensor logits, Tensor changed) => logits.Softplus() - logits * changed;
}
