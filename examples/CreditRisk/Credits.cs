using Microsoft.ML;
using Microsoft.ML.Data;

namespace CreditRisk;

/// <summary>The applications and what became of them, in three parts: one to train on, one to calibrate on, one to test on.</summary>
internal sealed class Credits
{
    private Credits(IDataView all, IDataView train, IDataView calibration, IDataView test) => (All, Train, Calibration, Test) = (all, train, calibration, test);

    public IDataView All { get; }

    /// <summary>Three fifths.</summary>
    public IDataView Train { get; }

    /// <summary>A fifth, which the network never sees.</summary>
    public IDataView Calibration { get; }

    /// <summary>A fifth, which nothing sees before the end.</summary>
    public IDataView Test { get; }

    public static Credits Load(MLContext ml)
    {
        var options = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var all = ml.Data.LoadFromTextFile<Application>(Path.Combine(AppContext.BaseDirectory, "Data", "credit-data.csv"), options);
        var rest = ml.Data.TrainTestSplit(all, testFraction: 0.4, seed: 1);
        var halves = ml.Data.TrainTestSplit(rest.TestSet, testFraction: 0.5, seed: 2);
        return new Credits(all, rest.TrainSet, halves.TrainSet, halves.TestSet);
    }
}
