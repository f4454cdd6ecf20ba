using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A vision transformer of TorchSharp's own layers, with normalizations before attention and perceptron.</summary>
internal sealed class PlainVisionTransformer : nn.Module<Tensor, Tensor>
{
    private readonly ImageShape _image;
    private readonly TorchSharp.Modules.Conv2d _patches;
    private readonly TorchSharp.Modules.Parameter _token;
    private readonly TorchSharp.Modules.Parameter _positions;
    private readonly TorchSharp.Modules.ModuleList<Block> _blocks;
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
        _blocks = new([.. Enumerable.Range(0, workload.Depth).Select(_ => new Block(width, workload.Heads))]);
        _norm = nn.LayerNorm(width);
        _output = nn.Linear(width, Workload.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var tokens = _patches.forward(input.view(-1, _image.Channels, _image.Height, _image.Width)).flatten(2).transpose(1, 2);
        tokens = cat([_token.expand(tokens.shape[0], -1, -1), tokens], 1) + _positions;
        foreach (var block in _blocks)
            tokens = block.forward(tokens);
        return _output.forward(_norm.forward(tokens).select(1, 0));
    }

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly int _heads;
        private readonly TorchSharp.Modules.LayerNorm _first;
        private readonly TorchSharp.Modules.Linear _qkv;
        private readonly TorchSharp.Modules.Linear _together;
        private readonly TorchSharp.Modules.LayerNorm _second;
        private readonly TorchSharp.Modules.Sequential _perceptron;

        public Block(int width, int heads)
            : base(nameof(Block))
        {
            _heads = heads;
            (_first, _second) = (nn.LayerNorm(width), nn.LayerNorm(width));
            (_qkv, _together) = (nn.Linear(width, 3 * width), nn.Linear(width, width));
            _perceptron = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var (batch, tokens, width) = (input.shape[0], input.shape[1], input.shape[2]);
            var parts = _qkv.forward(_first.forward(input)).view(batch, tokens, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
            var heads = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
            var attended = input + _together.forward(heads.transpose(1, 2).reshape(batch, tokens, width));
            return attended + _perceptron.forward(_second.forward(attended));
        }
    }
}
