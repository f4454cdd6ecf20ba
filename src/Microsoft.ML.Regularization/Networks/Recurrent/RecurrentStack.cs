using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Recurrent layers that read one another's states, in managed code.</summary>
internal static class RecurrentStack
{
    /// <summary>Empty where libtorch alone computes them: masked weights.</summary>
    /// <param name="order">The sequences' order.</param>
    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="layers">For each layer the units that read ahead, and those that read back, where there are such.</param>
    /// <param name="noises">Before each layer; null for none.</param>
    /// <param name="pooling">Of the last layer's states.</param>
    public static IReadOnlyList<LayerSteps> Of(
        SequenceOrder order, int inputs, IReadOnlyList<RecurrentLayer[]> layers, IReadOnlyList<nn.Module<Tensor, Tensor>?> noises, SequencePooling pooling)
    {
        var stack = new List<LayerSteps>();
        foreach (var (place, layer) in layers.Index())
        {
            SequencePooling? own = place == layers.Count - 1 ? pooling : null;
            var directions = layer.Select((units, i) => units.CreateSteps(order, isBack: i > 0, Places(own, order, i * units.Units, units.Units, isBack: i > 0)))
                .OfType<RecurrentSteps>().ToList();
            if (directions.Count < layer.Length)
                return [];
            var outputs = layer.Sum(units => units.Units);
            stack.Add(new LayerSteps(order, inputs, outputs, new UnitNoise(noises[place] as MultiplicativeNoiseLayer, inputs), directions));
            inputs = outputs;
        }

        return stack;
    }

    private static StatePlaces Places(SequencePooling? pooling, SequenceOrder order, int column, int units, bool isBack) => pooling switch
    {
        null => new AllStates(order, column, units, isBack),
        SequencePooling.Last => new LastState(order, column, units),
        SequencePooling.Mean => new MeanState(order, column, units),
        SequencePooling.Max => new LargestState(order, column, units),
        _ => throw new ArgumentOutOfRangeException(nameof(pooling), pooling, message: null),
    };
}
