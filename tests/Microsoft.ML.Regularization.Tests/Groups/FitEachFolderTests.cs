using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Groups;

/// <summary>Fits that leave what is done in a folder.</summary>
[TestClass]
public sealed class FitEachFolderTests
{
    private const int Shops = 45;

    private static readonly GroupOptions Options = new() { Pulls = [0.1, 10], Seed = 3, ComparedGroups = 30, MaxEpochs = 5 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<Shop> _rows = Shop.Rows(Shops, 12);

    [TestMethod]
    public void What_is_done_is_not_done_again_and_the_model_is_the_same()
    {
        using var folder = new TemporaryFolder();
        var view = View();
        var (fits, trained) = (0, 0);
        var expected = EveryTask.Scores(Fit(Options), view);
        fits = 0;
        using (var source = new CancellationTokenSource())
        {
            // After the first part of the groups that are trained for the model.
            var cancelling = Options with { Folder = folder["fit"], CancellationToken = source.Token, Progress = new Told(_ => source.Cancel(), isComparing: false) };
            Assert.Throws<OperationCanceledException>(() => Fit(cancelling));
        }

        Assert.AreEqual(2, fits);
        var again = Options with { Folder = folder["fit"], Progress = new Told(report => trained = report.Total, isComparing: false) };
        SmallNetwork.AssertEqual(expected, EveryTask.Scores(Fit(again), view));
        Assert.AreEqual(2, fits, "The common networks are those of the first time.");
        Assert.IsTrue(trained is > 0 and < Shops, $"{trained} groups");

        // All is there, so nobody is told of anything.
        trained = 0;
        SmallNetwork.AssertEqual(expected, EveryTask.Scores(Fit(again), view));
        Assert.AreEqual(0, trained);

        // A file that was damaged is made again.
        var file = Directory.GetFiles(folder["fit"], "groups-*.zip")[0];
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);
        SmallNetwork.AssertEqual(expected, EveryTask.Scores(Fit(again), view));
        Assert.IsGreaterThan(0, trained);

        ITransformer Fit(GroupOptions options) => _ml.Regularization().FitEach(new Counted(Trainer(), () => fits++), view, "Name", options);
    }

    [TestMethod]
    public void A_folder_of_another_fit_or_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Pulls = [1], ComparedGroups = 0, MaxEpochs = 1, Folder = folder["fit"] };
        var inUse = new Told(_ => Refusal.Check("in use", () => Fit(options), ["in use", folder["fit"]]), isComparing: false);
        Fit(options with { Progress = inUse });
        Refusal.Check("options", () => Fit(options with { MaxEpochs = 2 }), ["Folder", "other options"]);
        Refusal.Check("column", () => _ml.Regularization().FitEach(Trainer(), View(), "Number", options), ["Folder", "another group column"]);
        _rows[0].Target++;
        Refusal.Check("rows", () => Fit(options), ["Folder", "other rows"]);
        Refusal.Check("blank", () => Fit(options with { Folder = " " }), ["Folder is blank"]);

        ITransformer Fit(GroupOptions own) => _ml.Regularization().FitEach(Trainer(), View(), "Name", own);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        var options = Options with { Folder = Path.Combine(folder["file"], "fit") };
        Assert.Contains(folder["file"], Assert.Throws<IOException>(() => _ml.Regularization().FitEach(Trainer(), View(), "Name", options)).Message);
    }

    private NeuralNetworkRegressionTrainer Trainer() => _ml.Regression.Trainers.NeuralNetwork(Shop.Options with { LabelColumnName = "Target", MaxEpochs = 5 });

    private IDataView View() => _ml.Data.LoadFromEnumerable(_rows);

    private sealed class Told(Action<GroupProgress> tell, bool isComparing) : IProgress<GroupProgress>
    {
        public void Report(GroupProgress value)
        {
            if (value.IsComparing == isComparing)
                tell(value);
        }
    }

    private sealed class Counted(IEstimator<ITransformer> inner, Action count) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            count();
            return inner.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }
}
