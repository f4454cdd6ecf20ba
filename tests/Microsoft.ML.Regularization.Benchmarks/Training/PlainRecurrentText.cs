using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>An LSTM of TorchSharp's own layers that reads texts: words, behind which rows are filled up with 0, to logits of each text's last state.</summary>
internal sealed class PlainRecurrentText : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding _embedding;
    private readonly TorchSharp.Modules.LSTM _lstm;
    private readonly TorchSharp.Modules.Linear _output;

    public PlainRecurrentText(TextWorkload workload, RecurrentArchitecture units)
        : base(nameof(PlainRecurrentText))
    {
        // Beside words there are 0 and a word that is not known.
        _embedding = nn.Embedding(workload.Vocabulary + 2, units.EmbeddingSize, padding_idx: 0);
        _lstm = nn.LSTM(units.EmbeddingSize, units.HiddenSize, batchFirst: true);
        _output = nn.Linear(units.HiddenSize, Workload.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        // Packed sequences train more slowly.
        var lengths = input.ne(0).sum(1);
        var words = input.narrow(1, 0, lengths.max().item<long>());
        var states = _lstm.forward(_embedding.forward(words)).Item1;
        var last = (lengths - 1).view(-1, 1, 1).expand(-1, 1, states.shape[2]);
        return _output.forward(states.gather(1, last).squeeze(1));
    }
}
