using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>InfoNCE: see <see cref="ContrastTask"/>.</summary>
/// <param name="temperature">See <see cref="ContrastTask.Temperature"/>.</param>
internal sealed class ContrastObjective(double temperature) : PretextObjective
{
    /// <param name="outputs">(2 batch, size): those of the rows, then those of the changed ones.</param>
    /// <param name="targets">Not read: each row's answer is its own changed one.</param>
    /// <param name="rowFactors">(batch).</param>
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
    {
        var batch = rowFactors.shape[0];
        var unit = outputs / outputs.Squared().sum(1, keepdim: true).Plus(LeastSquare).sqrt();
        var similarities = unit.narrow(0, 0, batch).matmul(unit.narrow(0, batch, batch).t()).Over(temperature);
        return -similarities.log_softmax(1).diagonal().dot(rowFactors);
    }

    // What is 0 has no direction, and a gradient all the same.
    private const double LeastSquare = 1e-12;
}
