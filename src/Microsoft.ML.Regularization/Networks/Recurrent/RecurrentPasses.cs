using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The recurrent layers of a network in managed code, what they read, and their noise.</summary>
internal static class RecurrentPasses
{
    /// <summary>Empty where libtorch alone computes them: masked weights.</summary>
    /// <param name="input">The layout of the rows.</param>
    /// <param name="table">The vectors of tokens; null for numbers.</param>
    /// <param name="layers">For each layer the units that read ahead, and those that read back, where there are such.</param>
    /// <param name="noises">Before each layer, shared by the steps of a sequence, and behind the pooled states; null for none.</param>
    /// <param name="pooling">Of the last layer's states.</param>
    /// <param name="findMixing">The mixing of the step; null where nothing is ever mixed.</param>
    public static IReadOnlyList<RowPass> Of(
        InputLayout input, EmbeddingTable? table, IReadOnlyList<RecurrentLayer[]> layers, IReadOnlyList<nn.Module<Tensor, Tensor>?> noises, SequencePooling pooling,
        Func<HiddenMixing?>? findMixing)
    {
        if (!noises.All(noise => noise is null or MultiplicativeNoiseLayer))
            return [];

        var order = new SequenceOrder();
        StepSource source = table is null
            ? new NumberSource(order, input.Steps, input.Numbers / input.Steps)
            : new TokenSource(order, input.Width, new TableMemory(table.Matrix), findMixing);
        var stack = RecurrentStack.Of(order, source.Width, layers, noises, pooling);
        if (stack.Count == 0)
            return [];

        var width = layers[^1].Sum(units => units.Units);

        // Texts are mixed by what reads them.
        return
        [
            .. table is null ? MixingPass.At(0, input.Width, findMixing) : [],
            new RecurrentPass(order, source, stack, width),
            .. noises[^1] is MultiplicativeNoiseLayer last ? [ActivatedUnits.Pass(activation: null, width, last)] : (RowPass[])[],
            .. MixingPass.At(1, width, findMixing),
        ];
    }
}
