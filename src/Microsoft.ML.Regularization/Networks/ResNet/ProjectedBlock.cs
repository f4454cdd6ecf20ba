using System.Globalization;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A block of an <see cref="ImageNetResNetNetwork"/>: maps (batch, in, height, width), through a convolution 1 x 1 where size or number of maps change, plus the output
/// of two or three convolutions, and the activation of the sum. Batch normalization is behind each convolution.
/// </summary>
internal sealed class ProjectedBlock : nn.Module<Tensor, Tensor>
{
    private readonly Activation _activation;
    private readonly List<(ConvolutionLayer Convolution, BatchNormLayer Normalization)> _branch = [];
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly ConvolutionLayer? _shortcut;
    private readonly BatchNormLayer? _shortcutNormalization;
    private readonly SurvivalGate? _gate;

    /// <param name="shape">What it is like.</param>
    /// <param name="activation">Behind all but its last convolution, and behind the sum.</param>
    /// <param name="place">Its place in the network, from 0.</param>
    /// <param name="blocks">How many there are.</param>
    /// <param name="builder">Makes the layers.</param>
    public ProjectedBlock(ProjectedBlockShape shape, Activation activation, int place, int blocks, NetworkBuilder builder)
        : base(nameof(ProjectedBlock))
    {
        _activation = activation;
        foreach (var (number, (inputs, outputs, size, stride)) in shape.Convolutions().Index())
        {
            var convolution = ConvolutionLayer.Create(inputs, outputs, ActivationLayer.Gain(activation), Normalization.Batch, builder, stride, size);
            var normalization = new BatchNormLayer(outputs);
            _branch.Add((convolution, normalization));
            register_module(Name("conv", number), convolution);
            register_module(Name("norm", number), normalization);
        }

        _noise = builder.MapNoise();
        if (_noise is not null)
            register_module("noise", _noise);
        if (shape.IsProjected)
        {
            _shortcut = ConvolutionLayer.Create(shape.Inputs, shape.Outputs, gain: 1, Normalization.Batch, builder, shape.Stride, size: 1);
            _shortcutNormalization = new BatchNormLayer(shape.Outputs);
            register_module("shortcut", _shortcut);
            register_module("shortcut_norm", _shortcutNormalization);
        }

        _gate = builder.Gate(place, blocks);

        static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number + 1}");
    }

    public override Tensor forward(Tensor input)
    {
        var shortcut = _shortcut is null ? input : _shortcut.Forward(input, _shortcutNormalization);
        if (_gate is not null)
            return ActivationLayer.Apply(_activation, _gate.Add(shortcut, _ => Branch(input), training));

        // A normalization made the branch's outputs, and does not need them again.
        return ActivationLayer.Overwrite(_activation, Branch(input).Add(shortcut));
    }

    private Tensor Branch(Tensor maps)
    {
        for (var number = 0; number < _branch.Count; number++)
        {
            if (number == _branch.Count - 1 && _noise is not null)
                maps = _noise.forward(maps);
            maps = _branch[number].Convolution.Forward(maps, _branch[number].Normalization);
            if (number < _branch.Count - 1)
                maps = ActivationLayer.Overwrite(_activation, maps);
        }

        return maps;
    }
}
