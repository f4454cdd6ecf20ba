using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Makes the layers of one network. Initial weights and noise are drawn from streams keyed by seed and layer; libtorch's global generator is
/// neither read nor moved.
/// </summary>
internal sealed class NetworkBuilder(RegularizationRecipe recipe, RandomKey key)
{
    private readonly NoiseSource _noise = new(key, new TrainingClock());
    private bool _hasGates;

    /// <summary>Draws the initial weights of the layers.</summary>
    public InitialWeights Weights { get; } = new(key);

    public TrainingClock Clock => _noise.Clock;

    /// <summary>Seeds the initial weights of user-defined modules.</summary>
    public long ModuleSeed => (long)key.Derive("module").ToUInt64();

    /// <summary>Whether the noise of the layers made so far can change anything.</summary>
    public bool HasNoise => (_noise.IsUsed && recipe.Dropout is { IsNoise: true }) || (_hasGates && recipe.StochasticDepth is { Skips: true });

    /// <summary>Whether the recipe mixes rows inside the network.</summary>
    public bool MixesRows => recipe.MixesRows;

    /// <summary>The layers made so far that have a term in the loss.</summary>
    public List<IPenalizedLayer> PenalizedLayers { get; } = [];

    /// <summary>The layers made so far that are pruned.</summary>
    public List<IPrunedLayer> PrunedLayers { get; } = [];

    /// <summary>The parameters made so far of which a batch uses few slots.</summary>
    public List<SlotMatrix> SlotMatrices { get; } = [];

    /// <summary>The parameters made so far whose weight decay is neither that of a matrix nor that of a bias.</summary>
    public List<DecayFactor> DecayFactors { get; } = [];

    /// <summary>
    /// A linear layer, with the noise on weights that the recipe asks for, with zero biases and uniform weights of variance <c>gain^2 / inputs</c>,
    /// which keeps the scale of the signal when the gain undoes the activation's (He, Zhang, Ren and Sun, 2015).
    /// </summary>
    /// <param name="inputs">Units before it.</param>
    /// <param name="outputs">Its units.</param>
    /// <param name="gain">Compensates for the signal that the activation after the layer removes.</param>
    /// <param name="isOutput">Whether it gives the network's outputs.</param>
    /// <param name="rows">The input layout if it is the first layer of the network; null for a later layer.</param>
    public nn.Module<Tensor, Tensor> Dense(int inputs, int outputs, double gain, bool isOutput = false, InputLayout? rows = null)
    {
        var weight = Weights.Scaled(inputs, gain, outputs, inputs);
        var bias = FloatTensors.Zeros(outputs);
        if (rows is { IsSparse: true })
        {
            var first = SparseLayer.Create(weight, bias, rows.Numbers);
            SlotMatrices.Add(first.Matrix);
            return first;
        }

        var initial = new InitialLinear(weight, bias, gain * gain / inputs, isOutput);
        if (recipe.Dropout?.LinearLayer(initial, _noise) is not { } noisy)
            return new DenseLayer(initial.Weight, initial.Bias);
        if (noisy is IPenalizedLayer penalized)
            PenalizedLayers.Add(penalized);
        if (noisy is IPrunedLayer pruned)
            PrunedLayers.Add(pruned);
        return noisy;
    }

    /// <summary>The noise layer that the recipe asks for behind a hidden layer; null for none.</summary>
    /// <param name="shared">Dimensions along which units share their noise: those of a sequence's steps, or of a feature map's places.</param>
    public nn.Module<Tensor, Tensor>? Noise(params int[] shared) => recipe.Dropout?.LayerBehind(_noise, shared);

    /// <summary>The same behind maps (batch, channels, height, width): a number for each place, but of spatial dropout one for each map.</summary>
    public nn.Module<Tensor, Tensor>? MapNoise() => recipe.Dropout?.LayerBehindMaps(_noise);

    /// <summary>The gate that skips a residual block, counted from 0, while training; null if the recipe skips none.</summary>
    public SurvivalGate? Gate(int block, int blocks)
    {
        if (recipe.StochasticDepth is not { } depth)
            return null;

        _hasGates = true;
        return depth.Gate(block, blocks, _noise);
    }

    /// <summary>The mask, while training, of weights that all rows of a batch share; null for none.</summary>
    public WeightMask? Mask() => recipe.Dropout?.Mask(_noise);
}
