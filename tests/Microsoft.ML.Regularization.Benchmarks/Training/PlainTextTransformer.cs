using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A transformer of TorchSharp's own layers that reads texts: words, behind which rows are filled up with 0, to logits of the mean of each text's states.</summary>
internal sealed class PlainTextTransformer : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding _embedding;
    private readonly TorchSharp.Modules.Parameter _positions;
    private readonly TorchSharp.Modules.ModuleList<PlainTransformerBlock> _blocks;
    private readonly TorchSharp.Modules.LayerNorm _norm;
    private readonly TorchSharp.Modules.Linear _output;

    public PlainTextTransformer(TextWorkload workload, TextTransformerArchitecture architecture)
        : base(nameof(PlainTextTransformer))
    {
        var width = architecture.Width;
        _embedding = nn.Embedding(workload.Vocabulary + 2, width, padding_idx: 0);
        _positions = nn.Parameter(randn(1, workload.MostWords, width) * 0.02);
        _blocks = new([.. Enumerable.Range(0, architecture.Depth).Select(_ => new PlainTransformerBlock(width, architecture.Heads))]);
        _norm = nn.LayerNorm(width);
        _output = nn.Linear(width, Workload.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var lengths = input.ne(0).sum(1);
        var words = input.narrow(1, 0, lengths.max().item<long>());
        var present = words.ne(0);
        var tokens = _embedding.forward(words) + _positions.narrow(1, 0, words.shape[1]);
        var mask = present.view(words.shape[0], 1, 1, words.shape[1]);
        foreach (var block in _blocks)
            tokens = block.forward(tokens, mask);
        var counted = present.to(tokens.dtype).unsqueeze(-1);
        return _output.forward((_norm.forward(tokens) * counted).sum(1) / counted.sum(1));
    }
}
