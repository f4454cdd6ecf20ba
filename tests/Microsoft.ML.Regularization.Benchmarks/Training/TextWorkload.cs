using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A layer of recurrent units that reads made texts of any length, and their last state.</summary>
internal sealed record TextWorkload(string Name, RecurrentArchitecture Units, int Vocabulary, int LeastWords, int MostWords, int BatchSize, int Rows)
    : Workload(Name, MostWords, BatchSize, Rows)
{
    public override NetworkArchitecture Architecture => Units;

    public override double MultiplyAdds
    {
        get
        {
            var words = (LeastWords + MostWords) / 2.0;
            return words * Units.Cell.Gates * Units.HiddenSize * (Units.EmbeddingSize + Units.HiddenSize) + Units.HiddenSize * Classes;
        }
    }

    public override nn.Module<Tensor, Tensor> CreatePlain() => new PlainText(this);

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
