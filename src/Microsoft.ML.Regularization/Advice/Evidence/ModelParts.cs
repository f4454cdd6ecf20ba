using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>A model taken apart: what is before its network, and the network.</summary>
internal sealed class ModelParts
{
    private readonly List<ITransformer> _before;

    /// <exception cref="ArgumentException">The model has no network of this library, or one without history.</exception>
    public ModelParts(IExceptionContext context, ITransformer model)
    {
        Model = model;
        Network = ModelChain.FindNetwork(model) ?? throw context.ExceptUserArg(nameof(model), $"There is no neural network in the model, a {model.GetType().Name}: a diagnosis is of this library's trainers.");
        if (Network.History.Epochs.Count == 0)
            throw context.ExceptUserArg(nameof(model), "The model's network has no history: it was trained without epochs, and there is nothing to tell about its training.");
        var links = ChainLinks.Of(model).Select(link => link.Transformer).ToList();
        var place = links.FindLastIndex(link => (link as IPredictionTransformer<object>)?.Model is INetworkPredictor);
        _before = links[..place];
        FeatureColumnName = Network.Input.Numbers > 0 || Network.Input.Text is not null ? ModelChain.FeatureColumnOf(model) : null;
    }

    public ITransformer Model { get; }

    public TrainedNetwork Network { get; }

    /// <summary>Null where the network reads categories alone.</summary>
    public string? FeatureColumnName { get; }

    /// <summary>Rows as the network's trainer gets them.</summary>
    public IDataView Prepare(IDataView rows) => _before.Aggregate(rows, (view, transformer) => transformer.Transform(view));

    /// <summary>The columns of rows that the prediction goes by; all but the label where that is not known.</summary>
    public IReadOnlySet<string> ReadColumns(IDataView rows, string labelName)
    {
        if (!Model.IsRowToRowMapper)
            return rows.Schema.Where(column => !column.IsHidden && column.Name != labelName).Select(column => column.Name).ToHashSet();
        var mapper = Model.GetRowToRowMapper(rows.Schema);
        return mapper.GetDependencies([mapper.OutputSchema[DefaultColumnNames.Score]]).Select(column => column.Name).ToHashSet();
    }

    /// <summary>The options of one network that is trained as the model's was, as far as the model tells.</summary>
    public NeuralNetworkOptions TrainerOptions(string labelName)
    {
        var training = Network.Training;
        return new NeuralNetworkOptions
        {
            LabelColumnName = labelName,
            FeatureColumnName = FeatureColumnName,
            CategoricalColumnNames = [.. Network.Input.Categories.Select(category => category.ColumnName)],
            ImageShape = Network.Input.Image,
            Architecture = Network.Architecture,
            Recipe = Network.Recipe,
            Loss = training.Loss,
            Optimizer = training.Optimizer,
            LearningRate = training.LearningRate,
            Schedule = training.Schedule,
            BatchSize = training.BatchSize,
            MaxEpochs = training.MaxEpochs,
            ClassWeights = training.ClassWeights,
            InputScaling = training.InputScaling,
            MissingValues = training.MissingValues,
        };
    }

    /// <summary>The rows of floats that the network reads, one after the other.</summary>
    public float[] InputsOf(IExceptionContext context, IDataView prepared, int most)
    {
        var columns = InputColumns.Find(context, prepared.Schema, FeatureColumnName, Network.Input, Network.Keys);
        using var cursor = prepared.GetRowCursor(columns.All);
        var (input, rows) = (new RowInput(context, Network, columns, cursor), new List<float>());
        for (var row = 0; row < most && cursor.MoveNext(); row++)
            rows.AddRange(input.Read());
        return [.. rows];
    }
}
