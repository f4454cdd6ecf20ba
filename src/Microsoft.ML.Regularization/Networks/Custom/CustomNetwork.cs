using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="CustomArchitecture"/>: one of the user's, under the name <c>module</c>, behind rows brought to the shape it reads.
/// </summary>
internal sealed class CustomNetwork : Network
{
    private const int ProbeRows = 2;

    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly InputLayout _input;
    private readonly CustomInputKind _kind;

    public CustomNetwork(nn.Module<Tensor, Tensor> module, InputLayout input, CustomInputKind kind, NetworkBuilder builder)
        : base(nameof(CustomNetwork), builder)
    {
        _module = module;
        _input = input;
        _kind = kind;
        register_module("module", module);
    }

    /// <summary>Lists the tensors of a user-defined network, which must be created for that; without libtorch the list stays open.</summary>
    public static void List(TensorList tensors, Func<Network> create)
    {
        if (!LibTorch.IsAvailable)
        {
            tensors.Open();
            return;
        }

        using var network = create();
        foreach (var (name, shape) in NetworkWeights.ShapesOf(network))
            tensors.Add(name, shape);
    }

    /// <summary>Refuses parameters that cannot be trained, and outputs that are not those of the task.</summary>
    public void Check(CustomArchitecture architecture, int width, int outputs)
    {
        var parameters = _module.named_parameters().ToList();
        if (parameters.Count == 0)
            throw Contracts.Except($"{architecture} has no parameters: register them, and modules that hold them, with the module.");
        foreach (var (name, parameter) in parameters)
        {
            if (parameter.dtype != ScalarType.Float32)
                throw Contracts.Except($"{architecture} has the parameter '{name}' of type {parameter.dtype}, but only Float32 is trained.");
            if (!parameter.requires_grad)
                throw Contracts.Except($"{architecture} has the parameter '{name}' without a gradient: what is not trained is to be a buffer.");
        }

        using var pass = Begin(isTraining: false);
        var output = forward(FloatTensors.Ones(ProbeRows, width));
        if (output.dtype != ScalarType.Float32 || !output.shape.SequenceEqual([ProbeRows, outputs]))
        {
            throw Contracts.Except(
                $"{architecture} gives the wrong output: for {ProbeRows} rows it is to be a tensor ({ProbeRows}, {outputs}) of Float32, but it is "
                + $"({string.Join(", ", output.shape)}) of {output.dtype}.");
        }
    }

    protected override Tensor Compute(Tensor input)
    {
        if (_kind == CustomInputKind.Texts)
            return _module.forward(input.to_type(ScalarType.Int64));

        return _module.forward(MixAt(0, Shaped(input)));
    }

    private Tensor Shaped(Tensor input)
    {
        var rows = input.shape[0];
        return _kind switch
        {
            CustomInputKind.Images when _input.Image is { Order: ChannelOrder.ChannelsFirst } image =>
                input.view(rows, image.Channels, image.Height, image.Width),
            CustomInputKind.Images when _input.Image is { } image =>
                input.view(rows, image.Height, image.Width, image.Channels).permute(0, 3, 1, 2).contiguous(),
            CustomInputKind.Sequences => input.view(rows, _input.Steps, -1),
            _ => input,
        };
    }
}
