using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The recurrent layers of a network in managed code, with their noise.</summary>
internal static class RecurrentPasses
{
    /// <summary>Empty where libtorch alone computes them: masked weights.</summary>
    /// <param name="order">That of the sequences, which the source finds.</param>
    /// <param name="source">Of the steps.</param>
    /// <param name="pooling">Of the last layer's states.</param>
    /// <param name="layers">For each layer the units that read ahead, and those that read back, where there are such.</param>
    /// <param name="noises">Before each layer, shared by the steps of a sequence, and behind the pooled states; null for none.</param>
    public static IReadOnlyList<RowPass> Of(
        SequenceOrder order, StepSource source, SequencePooling pooling, IReadOnlyList<RecurrentLayer[]> layers, IReadOnlyList<nn.Module<Tensor, Tensor>?> noises)
    {
        if (!noises.All(noise => noise is null or MultiplicativeNoiseLayer))
            return [];

        var (width, steps) = (source.Width, new List<LayerSteps>());
        foreach (var (place, layer) in layers.Index())
        {
            SequencePooling? own = place == layers.Count - 1 ? pooling : null;
            var directions = layer.Select((units, i) => units.CreateSteps(order, own, column: i * units.Units, isBack: i > 0)).OfType<RecurrentSteps>().ToList();
            if (directions.Count < layer.Length)
                return [];
            var outputs = layer.Sum(units => units.Units);
            steps.Add(new LayerSteps(order, width, outputs, new UnitNoise(noises[place] as MultiplicativeNoiseLayer, width), directions));
            width = outputs;
        }

        var recurrent = new RecurrentPass(order, source, steps, width);
        return noises[^1] is MultiplicativeNoiseLayer last ? [recurrent, ActivatedUnits.Pass(activation: null, width, last)] : [recurrent];
    }
}
