using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Hidden units of a perceptron that are 0 in all rows.</summary>
/// <param name="Dead">How many are.</param>
/// <param name="Units">How many there are.</param>
internal sealed record DeadUnitShare(int Dead, int Units)
{
    public double Share => (double)Dead / Units;

    /// <summary>Counts them by what each hidden layer makes of rows; null for networks whose units do not die, and for several.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">Rows of floats as it reads them.</param>
    public static DeadUnitShare? Of(TrainedNetwork network, float[] rows)
    {
        if (network.IsEnsemble || network is not { Architecture: MlpArchitecture { Activation: Activation.ReLU, HiddenSizes: { Count: > 0 } sizes } architecture, Input.IsSparse: false })
            return null;
        var (count, dead) = (rows.Length / network.FilledInput.Width, 0);
        if (count == 0)
            return null;
        for (var layers = 1; layers <= sizes.Count; layers++)
        {
            var width = sizes[layers - 1];
            var outputs = new float[count * width];
            ScorerOf(network, architecture with { HiddenSizes = [.. sizes.Take(layers)] }, width).Score(rows, count, outputs);
            for (var unit = 0; unit < width; unit++)
            {
                var isDead = true;
                for (var row = 0; row < count && isDead; row++)
                    isDead = outputs[row * width + unit] == 0;
                dead += isDead ? 1 : 0;
            }
        }

        return new DeadUnitShare(dead, sizes.Sum());
    }

    // The first layers, whose units are the outputs: a last layer that changes nothing.
    private static INetworkScorer ScorerOf(TrainedNetwork network, MlpArchitecture architecture, int width)
    {
        var identity = new float[width * width];
        for (var i = 0; i < width; i++)
            identity[i * (width + 1)] = 1;
        var tensors = network.Parts.Weights.Tensors.Where(tensor => !tensor.Name.StartsWith("output.", StringComparison.Ordinal))
            .Append(new NetworkTensor("output.weight", [width, width], identity)).Append(new NetworkTensor("output.bias", [width], new float[width]));
        return architecture.CreateScorer(network.Parts with { Recipe = RegularizationRecipe.None, Outputs = width, Weights = new NetworkWeights([.. tensors]) });
    }
}
