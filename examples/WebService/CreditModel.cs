using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace WebService;

/// <summary>Trains models of credits, from nothing or from the model that serves, and measures them on rows that no training sees.</summary>
/// <param name="shortRuns">Whether to train for an epoch or two, to show how things go.</param>
internal sealed class CreditModel(bool shortRuns)
{
    private const int Fold = 5;

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>A first model, of the rows in credit-data.csv.</summary>
    /// <param name="save">Keeps it.</param>
    public void Train(Action<Action<Stream>> save)
    {
        var rows = Rows([], isHeldOut: false);
        var model = _ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("bad", true), KeyValuePair.Create("good", false)], "Status")
            .Append(_ml.Transforms.Conversion.MapValueToKey([new("Home"), new("Marital"), new("Records"), new("Job")]))
            .Append(_ml.Transforms.Concatenate("Features", "Seniority", "Time", "Age", "Expenses", "Income", "Assets", "Debt", "Amount", "Price"))
            .Append(Trainer(epochs: 20, learningRate: 1e-3))
            .Append(_ml.Transforms.Explain())
            .Fit(rows);
        save(stream => _ml.Model.Save(model, rows.Schema, stream));
    }

    /// <summary>Trains the network of a model on, with what became known since.</summary>
    /// <param name="model">Serves on meanwhile.</param>
    /// <param name="feedback">All that is known beside credit-data.csv.</param>
    /// <param name="save">Keeps it.</param>
    public ITransformer TrainOn(ITransformer model, IReadOnlyList<Credit> feedback, Action<Action<Stream>> save)
    {
        var rows = Rows(feedback, isHeldOut: false);
        var newer = model.ContinueTraining(rows, Trainer(epochs: 5, learningRate: 2e-4));
        save(stream => _ml.Model.Save(newer, rows.Schema, stream));
        return newer;
    }

    /// <summary>The log-loss on a fifth of all rows, the same ones each time.</summary>
    public double LossOf(ITransformer model, IReadOnlyList<Credit> feedback) =>
        _ml.BinaryClassification.Evaluate(model.Transform(Rows(feedback, isHeldOut: true))).LogLoss;

    private NeuralNetworkBinaryTrainer Trainer(int epochs, double learningRate) => _ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        AllKeysAreCategories = true,
        Recipe = RegularizationRecipe.SmallDataset,
        MaxEpochs = shortRuns ? 2 : epochs,
        LearningRate = learningRate,
    });

    private IDataView Rows(IReadOnlyList<Credit> feedback, bool isHeldOut)
    {
        var csv = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var known = _ml.Data.CreateEnumerable<Credit>(_ml.Data.LoadFromTextFile<Credit>(Path.Combine(AppContext.BaseDirectory, "credit-data.csv"), csv), reuseRowObject: false);
        return _ml.Data.LoadFromEnumerable(known.Concat(feedback).Where((_, place) => place % Fold == 0 == isHeldOut).ToList());
    }
}
