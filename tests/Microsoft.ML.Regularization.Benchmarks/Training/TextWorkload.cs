using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A network that reads made texts of any length: recurrent units, or a transformer.</summary>
internal sealed record TextWorkload(string Name, NetworkArchitecture Network, int Vocabulary, int LeastWords, int MostWords, int BatchSize, int Rows)
    : Workload(Name, MostWords, BatchSize, Rows)
{
    public override NetworkArchitecture Architecture => Network;

    public override double MultiplyAdds
    {
        get
        {
            var words = (LeastWords + MostWords) / 2.0;
            return Network is TextTransformerArchitecture transformer ? OfTransformer(transformer, words) : OfUnits((RecurrentArchitecture)Network, words);
        }
    }

    public override nn.Module<Tensor, Tensor> CreatePlain() => Network is TextTransformerArchitecture transformer
        ? new PlainTextTransformer(this, transformer)
        : new PlainRecurrentText(this, (RecurrentArchitecture)Network);

    // Words are counted from 2, and 0 fills a row up.
    public override Tensor CreatePlainRows()
    {
        var rows = new long[Rows, MostWords];
        foreach (var (row, words) in Texts().Index())
        {
            for (var place = 0; place < words.Length; place++)
                rows[row, place] = words[place] + 1;
        }

        return tensor(rows);
    }

    public override IDataView CreateView()
    {
        var random = new Random(2);
        var rows = Texts().Select(words => new Row { Features = words, Label = (uint)random.Next(1, Classes + 1) }).ToList();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), Vocabulary));
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), Classes);
        return new MLContext().Data.LoadFromEnumerable(rows, schema);
    }

    private static double OfUnits(RecurrentArchitecture units, double words) =>
        words * units.Cell.Gates * units.HiddenSize * (units.EmbeddingSize + units.HiddenSize) + units.HiddenSize * Classes;

    // Those of attention are of texts of the middle length.
    private static double OfTransformer(TextTransformerArchitecture transformer, double words)
    {
        double width = transformer.Width;
        return transformer.Depth * words * (12 * width * width + 2 * words * width) + width * Classes;
    }

    private IEnumerable<uint[]> Texts()
    {
        var random = new Random(1);
        for (var row = 0; row < Rows; row++)
            yield return [.. Enumerable.Range(0, random.Next(LeastWords, MostWords + 1)).Select(_ => (uint)random.Next(1, Vocabulary + 1))];
    }

    private sealed class Row
    {
        public uint[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
