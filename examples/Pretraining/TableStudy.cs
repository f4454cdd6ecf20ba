using Microsoft.ML;
using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>A table of which 2 % of the labels are known.</summary>
internal abstract class TableStudy : Study
{
    private const double Labels = 0.02;

    protected static readonly Start[] Denoising =
    [
        new("denoising", PretextTask.Denoising()),
        new("denoising, body at 0.3 of the rate", PretextTask.Denoising(), new FineTuning { BodyRate = 0.3 }),
        new("denoising, body frozen", PretextTask.Denoising(), FineTuning.HeadAlone),
    ];

    private static readonly Start Nothing = new("nothing");

    protected sealed override Draw Rows(MLContext ml, int seed, bool isShort)
    {
        var rows = Load(ml);
        return Split(ml, ml.Data.Cache(isShort ? ml.Data.TakeRows(rows, 2000) : rows), Labels, seed);
    }

    /// <summary>The ways to train a network, from nothing and from these starts.</summary>
    protected static IEnumerable<Variant> Of(string name, NetworkArchitecture network, Start[] starts) =>
        starts.Prepend(Nothing).Select(start => new Variant(name, new NeuralNetworkOptions { Architecture = network, AllKeysAreCategories = true }, start));

    /// <summary>All rows, with numbers in <c>Features</c> and keys.</summary>
    protected abstract IDataView Load(MLContext ml);
}
