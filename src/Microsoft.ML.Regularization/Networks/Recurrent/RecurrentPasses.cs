using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The recurrent layers of a network in managed code, and the noise behind them.</summary>
internal static class RecurrentPasses
{
    /// <summary>Empty where libtorch alone computes them: masked weights, noise between layers, a maximum over steps.</summary>
    /// <param name="steps">Steps of a sequence.</param>
    /// <param name="values">Numbers of a step.</param>
    /// <param name="pooling">Of the last layer's states.</param>
    /// <param name="layers">For each layer the units that read ahead, and those that read back, where there are such.</param>
    /// <param name="noises">Before each layer, and behind the pooled states; null for none.</param>
    public static IReadOnlyList<RowPass> Of(
        int steps, int values, SequencePooling pooling, IReadOnlyList<RecurrentLayer[]> layers, IReadOnlyList<nn.Module<Tensor, Tensor>?> noises)
    {
        // Where several steps reach a maximum, its gradient is theirs.
        if (pooling == SequencePooling.Max || noises.SkipLast(1).Any(noise => noise is not null) || noises[^1] is not (null or MultiplicativeNoiseLayer { HasOwnFactors: true }))
            return [];

        var passes = new List<RowPass>();
        foreach (var (place, layer) in layers.Index())
        {
            SequencePooling? own = place == layers.Count - 1 ? pooling : null;
            var width = layer.Sum(units => units.Units);
            var directions = layer.Select((units, i) => units.CreateSteps(steps, isBack: i > 0, new StatePlaces(steps, i * units.Units, width, own))).OfType<RecurrentSteps>().ToList();
            if (directions.Count < layer.Length)
                return [];
            passes.Add(new RecurrentPass(steps, values, own is null ? steps * width : width, directions));
            values = width;
        }

        if (noises[^1] is MultiplicativeNoiseLayer last)
            passes.Add(ActivatedUnits.Pass(activation: null, values, last));
        return passes;
    }
}
