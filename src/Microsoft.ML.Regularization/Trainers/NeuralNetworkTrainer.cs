using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What the neural network trainers have in common: from rows to a trained network. Each task's trainer adds what its label is and what its model
/// scores.
/// </summary>
/// <typeparam name="TTransformer">The transformer that scores.</typeparam>
/// <typeparam name="TModel">The model inside it.</typeparam>
public abstract class NeuralNetworkTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private const string PreviousModel = "previousModel";

    private readonly LearningTask _task;
    private readonly TrainingPlan _plan;
    private readonly string _loadName;
    private readonly int? _askedSeed;
    private readonly int _seed;

    private protected NeuralNetworkTrainer(
        IHostEnvironment env, string loadName, LearningTask task, NeuralNetworkOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(options, nameof(options));
        _plan = options.Validate(env, task);
        Host = env.Register(loadName);
        Options = options;
        _task = task;
        _loadName = loadName;
        _askedSeed = Seeds.Asked(env, options.Seed);
        _seed = Seeds.Resolve(env, options.Seed);
    }

    /// <summary>The options this trainer was made with; what they leave null stays null.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <summary>What the trainer needs and offers.</summary>
    public TrainerInfo Info { get; } =
        new(normalization: false, calibration: false, caching: false, supportValid: true, supportIncrementalTrain: true);

    private protected IHost Host { get; }

    /// <summary>The columns of rows that are scored.</summary>
    /// <param name="inputSchema">The columns before the trainer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that the trainer cannot read; the message names it.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        TrainerChecks.CheckColumns(Host, inputSchema, Options);
        if (!inputSchema.TryFindColumn(Options.LabelColumnName, out var label))
            throw Host.ExceptSchemaMismatch(nameof(inputSchema), "label", Options.LabelColumnName);
        if (!_task.Takes(label))
            throw Host.ExceptSchemaMismatch(nameof(inputSchema), "label", label.Name, _task.ExpectedLabel(label.ItemType), label.GetTypeString());
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var column in _task.ScoreShape(label))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    /// <summary>Trains on rows.</summary>
    /// <param name="input">The training rows.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled before its first epoch was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first epoch was complete.</exception>
    public TTransformer Fit(IDataView input) => Train(input);

    /// <summary>Trains on one set of rows and validates on another.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows; they go before every other source of validation rows.</param>
    public TTransformer Fit(IDataView trainData, IDataView validationData) => Train(trainData, validationData);

    /// <summary>
    /// Goes on from the weights of a trained model, on the same or on other rows of the same columns: scaling of features and target is kept, optimizer
    /// and schedule start anew.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="previousModel">The model; the network must be of the trainer's architecture, features and classes. It stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model's network is another one.</exception>
    public TTransformer Fit(IDataView trainData, TModel previousModel)
    {
        Host.CheckValue(previousModel, nameof(previousModel));
        return Train(trainData, previousModel: previousModel);
    }

    /// <summary>
    /// Goes on from the network inside a fitted or loaded model: see <see cref="Fit(IDataView, TModel)"/>. The rows must be as the trainer reads them, with its
    /// columns; <see cref="NeuralNetworkCatalog.ContinueTraining"/> takes rows as they come and gives the whole model again.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="previousModel">A chain of transformers, or a single one; of several networks the last one goes on. It stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no network in the model, or it is another one.</exception>
    /// <example><code>
    /// ITransformer model = ml.Model.Load("model.zip", out _);
    /// var trained = trainer.Fit(preparedRows, model);
    /// </code></example>
    public TTransformer Fit(IDataView trainData, ITransformer previousModel)
    {
        Host.CheckValue(previousModel, nameof(previousModel));
        return Train(trainData, previousModel: RequireNetwork(nameof(previousModel), previousModel));
    }

    /// <summary>
    /// The learning-rate range test: takes training steps whose learning rate rises from step to step, until all are done, or the smoothed loss is four times
    /// its best, and tells how the loss changed (Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3). The network it trains is
    /// thrown away; the trainer stays as it is, and <see cref="NeuralNetworkOptions.LearningRate"/> and <see cref="NeuralNetworkOptions.Schedule"/> play no
    /// part. The same seed and rows give the same curve. Cancellation and time limit, which counts reading and scaling too, end it with the steps so
    /// far.
    /// </summary>
    /// <remarks>
    /// Take the suggestion as the constant rate, or as the greatest one of a schedule. Optimizer, batch size and recipe matter: test with those that you
    /// train with. Rows pass the transforms before the trainer first: <c>trainer.FindLearningRate(transforms.Fit(train).Transform(train))</c>.
    /// </remarks>
    /// <param name="data">The training rows; those set aside for validation are left out.</param>
    /// <param name="range">The rates to try. Default: null, 100 steps from 1e-6 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A member of the range is out of its own; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled before its first step.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first step.</exception>
    public LearningRateCurve FindLearningRate(IDataView data, LearningRateRange? range = null)
    {
        Host.CheckValue(data, nameof(data));
        range ??= new LearningRateRange();
        range.Validate(Host, _plan.Recipe.WeightDecay);
        LibTorch.CheckTrains(Host, $"{_plan.Architecture}");
        var watch = Watch();
        using var channel = Host.Start("Finding a learning rate");
        var key = Key(_seed);
        var columns = Columns(data);
        var rows = Load(channel, data, columns, validationSet: null, key, watch);
        using var memory = Options.KeepMemory ?? _plan.Architecture.GainsByKeptMemory ? KeptMemory.Hold() : null;
        using var run = TrainingRun.Start(Host, channel, rows, Settings(channel, columns, previous: null, key, watch));
        return new LearningRateTest(range).Run(run, channel);
    }

    internal TModel RequireNetwork(string argument, ITransformer model) => ModelChain.RequireNetwork<TModel>(Host, argument, model);

    private protected abstract TTransformer MakeTransformer(TModel model, TrainingColumns columns, DataViewSchema trainSchema);

    private protected abstract TModel CreateModel(TrainedNetwork network);

    private TTransformer Train(IDataView view, IDataView? validationSet = null, TModel? previousModel = null)
    {
        Host.CheckValue(view, nameof(view));
        var inputs = SchemaShape.Create(view.Schema);
        GetOutputSchema(inputs);
        if (validationSet is not null)
            GetOutputSchema(SchemaShape.Create(validationSet.Schema));
        LibTorch.CheckTrains(Host, $"{_plan.Architecture}");
        var watch = Watch();
        using var channel = Host.Start("Training");
        var columns = Columns(view);
        var previous = (previousModel as INetworkPredictor)?.Network;
        if (previous is not null)
            columns = Behind(previous, columns, view.Schema);
        using var folder = Options.Checkpoints is { } checkpoints ? CheckpointFolder.Open(Host, checkpoints) : null;
        var checkpoint = folder is null ? null : RunCheckpoint.Open(Host, folder);
        var seed = checkpoint?.AgreeOnSeed(_askedSeed, _seed) ?? _seed;
        var key = Key(seed);
        checkpoint?.Agree("options", RunFields.OfOptions(Options, _plan, previous?.Outcome));
        if (checkpoint?.FindKeys() is { } kept && kept.Inputs.Count == columns.Input.Keys.Count)
            columns = columns.In(Host, view.Schema, kept, new KeyTranslation("the training set", "the checkpoint", nameof(CheckpointOptions.Folder)));
        var data = Load(channel, view, columns, validationSet, key, watch);
        checkpoint?.Agree("data", RunFields.OfData(data));
        if (_plan.Recipe.EarlyStopping is not null && data.Validation.Count == 0)
        {
            throw Host.ExceptUserArg(
                nameof(RegularizationRecipe.EarlyStopping),
                "EarlyStopping needs validation rows: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set ValidationFraction above 0.");
        }

        var settings = Settings(channel, columns, previous?.Outcome, key, watch) with { Checkpoint = checkpoint };
        channel.Info(LibTorch.Describe(Host, settings.Device, _plan.Architecture.TeamThreads, _plan.Architecture.ScoresInManagedCode));
        using var memory = Options.KeepMemory ?? _plan.Architecture.GainsByKeptMemory ? KeptMemory.Hold() : null;
        var (outcome, input) = Retraining.Train(Host, channel, data, settings);
        var network = new TrainedNetwork(Host, _task, _plan.Architecture, _plan.Recipe, Record(seed), input, columns.Target.Outputs, outcome, columns.Keys);
        return MakeTransformer(CreateModel(network), columns, view.Schema);
    }

    private TrainingRecord Record(int seed) => new()
    {
        Loss = Options.Loss ?? _task.Losses[0],
        Optimizer = _plan.Optimizer,
        LearningRate = _plan.LearningRate,
        Schedule = _plan.Schedule,
        BatchSize = _plan.BatchSize,
        MaxEpochs = _plan.MaxEpochs,
        ClassWeights = Options.ClassWeights,
        InputScaling = _plan.InputScaling,
        MissingValues = Options.MissingValues,
        Seed = seed,
        LibraryVersion = TrainingRecord.ThisVersion,
    };

    private FitWatch Watch() => new(new FitClock(Options.Time, Options.TimeLimit), Host, Options.CancellationToken);

    private RandomKey Key(int seed) => RandomKey.FromSeed(seed).Derive(_loadName);

    private TrainingColumns Columns(IDataView view)
    {
        var memory = TrainingMemory.Of(_plan.Architecture, _plan.Optimizer, _plan.BatchSize, view.GetRowCount());
        var request = new InputRequest(Options.FeatureColumnName, memory)
        {
            CategoricalColumnNames = Options.CategoriesIn(SchemaShape.Create(view.Schema)),
            ImageShape = Options.ImageShape,
            MissingValues = Options.MissingValues,
        };
        var columns = new TrainingColumns(Host, view.Schema, _task, request, Options.LabelColumnName, Options.ExampleWeightColumnName);
        _plan.Architecture.CheckRecipe(Host, _plan.Recipe, columns.Input.Layout);
        if (_task.IsSoft(columns.Label.Type))
            TaskChecks.CheckSoftLabels(Host, Options.Loss, columns.Label.Name, columns.Label.Type);
        return columns;
    }

    private TrainingSet Load(IChannel channel, IDataView view, TrainingColumns columns, IDataView? validationSet, RandomKey key, FitWatch watch)
    {
        AugmentationNotices.ReportUnmixedEpochs(channel, view, _plan.Recipe);
        UnmixedColumns.Report(channel, view, columns);
        var caching = Options.RowCaching with { Mode = Options.DataCaching, PoolRows = Options.ShufflePoolRows };
        var data = new TrainingSet(Host, channel, view, columns, key, _plan.Recipe.Augmentations, caching, watch);
        try
        {
            data.Load(validationSet ?? Options.ValidationSet, _plan.ValidationFraction);
            return data;
        }
        catch (OperationCanceledException) when (watch.Interruption is { } reason)
        {
            throw watch.Nothing(reason, "while the rows were read");
        }
    }

    private TrainingSettings Settings(IChannel channel, TrainingColumns columns, TrainingOutcome? previous, RandomKey key, FitWatch watch) => new()
    {
        Architecture = _plan.Architecture,
        Recipe = _plan.Recipe,
        Loss = Options.Loss,
        ClassWeights = Options.ClassWeights,
        InputScaling = _plan.InputScaling,
        Input = columns.Input.Layout,
        Keys = columns.Keys,
        Previous = previous,
        MultipliesSparseRows = Options.MultipliesSparseRows,
        MaxEpochs = _plan.MaxEpochs,
        BatchSize = _plan.BatchSize,
        Optimizer = _plan.Optimizer,
        LearningRate = _plan.LearningRate,
        Schedule = _plan.Schedule,
        Key = key,
        Device = LibTorch.ChooseDevice(Host, channel),
        GradientTolerance = Options.GradientTolerance,
        Progress = Options.Progress,
        Watch = watch,
    };

    /// <summary>The columns with their keys translated to those of a network that is trained on.</summary>
    private TrainingColumns Behind(TrainedNetwork network, TrainingColumns columns, DataViewSchema schema)
    {
        Check(network.Architecture.Equals(_plan.Architecture), $"is {network.Architecture}, but the trainer's Architecture is {_plan.Architecture}");
        if (network.Input.HasColumnsOf(columns.Input.Layout))
            columns = columns.In(Host, schema, network.Keys, new KeyTranslation("the training set", "the previous model", PreviousModel));
        var input = columns.Input.Layout;
        Check(network.Input == input, $"takes {network.Input}, but column '{columns.InputName}' has {input}");
        Check(network.Outputs == columns.Target.Outputs, $"has {network.Outputs} classes, but column '{columns.Label.Name}' has {columns.Target.Outputs}");
        return columns;

        void Check(bool holds, string difference)
        {
            if (!holds)
                throw Host.ExceptUserArg(PreviousModel, $"The previous model's network {difference}.");
        }
    }
}
