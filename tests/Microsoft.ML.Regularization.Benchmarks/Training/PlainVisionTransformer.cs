using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A vision transformer of TorchSharp's own layers, with normalizations before attention and perceptron.</summary>
internal sealed class PlainVisionTransformer : nn.Module<Tensor, Tensor>
{
    private readonly ImageShape _image;
    private readonly TorchSharp.Modules.Conv2d _patches;
    private readonly TorchSharp.Modules.Parameter _token;
    private readonly TorchSharp.Modules.Parameter _positions;
    private readonly TorchSharp.Modules.ModuleList<PlainTransformerBlock> _blocks;
    private readonly TorchSharp.Modules.LayerNorm _norm;
    private readonly TorchSharp.Modules.Linear _output;

    public PlainVisionTransformer(VisionTransformerWorkload workload, int patches)
        : base(nameof(PlainVisionTransformer))
    {
        var (width, patch) = (workload.Width, workload.Patch);
        _image = workload.Image;
        _patches = nn.Conv2d(_image.Channels, width, patch, stride: patch);
        _token = nn.Parameter(zeros(1, 1, width));
        _positions = nn.Parameter(randn(1, patches + 1, width) * 0.02);
        _blocks = new([.. Enumerable.Range(0, workload.Depth).Select(_ => new PlainTransformerBlock(width, workload.Heads))]);
        _norm = nn.LayerNorm(width);
        _output = nn.Linear(width, Workload.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var tokens = _patches.forward(input.view(-1, _image.Channels, _image.Height, _image.Width)).flatten(2).transpose(1, 2);
        tokens = cat([_token.expand(tokens.shape[0], -1, -1), tokens], 1) + _positions;
        foreach (var block in _blocks)
            tokens = block.forward(tokens, null);
        return _output.forward(_norm.forward(tokens).select(1, 0));
    }
}
