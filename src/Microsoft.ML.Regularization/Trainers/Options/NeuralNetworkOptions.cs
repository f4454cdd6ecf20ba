using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization;

/// <summary>Options of the neural network trainers.</summary>
public sealed partial record NeuralNetworkOptions
{
    /// <summary>Column of labels. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>
    /// Column of features: a vector of float of known size, which the architecture may read as an image (see <see cref="ImageShape"/>) or as a sequence (a
    /// vector with the dimensions steps and numbers of a step); or, for architectures that read texts, a vector of keys of any length, as
    /// <c>TokenizeIntoWords</c> and <c>MapValueToKey</c> make it. Null for a table without numbers, whose only inputs are
    /// <see cref="CategoricalColumnNames"/>. Default: Features.
    /// </summary>
    public string? FeatureColumnName { get; init; } = DefaultColumnNames.Features;

    /// <summary>
    /// Columns of categories, in addition to the features or alone: keys, or vectors of keys of known size. The network embeds each value as a vector that it
    /// learns; missing values, and values not seen in training, have a vector of their own. Default: none.
    /// </summary>
    public ValueList<string> CategoricalColumnNames { get; init; } = [];

    /// <summary>
    /// Whether every column of keys, or of vectors of keys of known size, is read as categories, except for label, features and weight: those that
    /// <see cref="CategoricalColumnNames"/> names first, then the others in their order in the rows. Keys that are not categories, such as group ids, are
    /// then treated as categories too; in that case name the columns instead. Default: false.
    /// </summary>
    public bool AllKeysAreCategories { get; init; }

    /// <summary>
    /// The shape of the images in the features, for architectures that read images. Default: null, which takes the dimensions of the features' type, as
    /// <c>ExtractPixels</c> writes them.
    /// </summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>Column of example weights: floats of at least 0. Default: null, all rows weigh the same.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// The network. Default: null, which means that of the <see cref="Effort"/>; or, where a trained model is trained further, that of the model.
    /// </summary>
    public NetworkArchitecture? Architecture { get; init; }

    /// <summary>
    /// How much is done for a table where the options leave the network and its training open: <see cref="Architecture"/>, <see cref="Recipe"/>,
    /// <see cref="Optimizer"/>, <see cref="LearningRate"/>, <see cref="Schedule"/>, <see cref="BatchSize"/>, <see cref="MaxEpochs"/>,
    /// <see cref="InputScaling"/> and <see cref="ImageShape"/>. Where one of them is set it plays no part, and the network is, unless it is named, a multilayer
    /// perceptron with two hidden layers of 256 units. Default: <see cref="TrainingEffort.Standard"/>.
    /// </summary>
    public TrainingEffort Effort { get; init; } = TrainingEffort.Standard;

    /// <summary>
    /// The regularization. Default: null, the architecture's own: <see cref="RegularizationRecipe.SmallDataset"/>, without
    /// its dropout for <see cref="CustomArchitecture"/>, and its paper's recipe for <see cref="RealMlpArchitecture"/>, which then watches
    /// the loss instead of the accuracy where the rarest class has less than a fifth of an even share of the training rows: of two classes less than a tenth.
    /// </summary>
    public RegularizationRecipe? Recipe { get; init; }

    /// <summary>
    /// The loss of a row. Default: null, which takes <see cref="CrossEntropyLoss"/> for classes and <see cref="SquaredLoss"/> for a
    /// regression.
    /// </summary>
    public LossFunction? Loss { get; init; }

    /// <summary>The weight of the rows of each class, multiplied with example weights. For classes only. Default: null, all classes' rows alike.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>
    /// How a classifier's probabilities are put right by validation rows. With <see cref="ClassWeights"/>, <see cref="AffineCalibration"/> makes them the frequencies of the
    /// rows again, and the predicted label follows. Default: null, <see cref="TemperatureScaling"/> for classes, which keeps label and probabilities those of the weighted
    /// classes.
    /// </summary>
    public Calibration? Calibration { get; init; }

    /// <summary>
    /// How the network scales its features; learned on the training rows, saved with the model. Default: null, the architecture's own:
    /// <see cref="Regularization.InputScaling.RobustSmoothClip"/> for tables, which makes normalizers before the trainer unnecessary, and
    /// <see cref="Regularization.InputScaling.Standardize"/> for images and sequences. Tables whose features are embeddings, at least 32 numbers, nearly all of
    /// them not 0, that have the same Euclidean length in the first 1,000 rows to a thousandth, take <see cref="Regularization.InputScaling.UnitLength"/>
    /// instead. For pixels in a network for tables, better choose
    /// <see cref="Regularization.InputScaling.None"/>.
    /// </summary>
    public InputScaling? InputScaling { get; init; }

    /// <summary>
    /// How missing numbers (NaN, and infinite ones) are handled. An empty cell of a text file is NaN only if the loader is configured so, by
    /// <c>TextLoader.Options.MissingRealsAsNaNs</c>; ML.NET reads it as 0 by default. Default: <see cref="Regularization.MissingValues.Impute"/>.
    /// </summary>
    public MissingValues MissingValues { get; init; } = MissingValues.Impute;

    /// <summary>
    /// Passes over the training rows, at least 1; early stopping may end training before. Default: null, the architecture's own: 256 for
    /// <see cref="RealMlpArchitecture"/>; for others 100, and where the recipe stops early as many more as 4,000 steps take: few rows need as many steps as
    /// many rows do.
    /// </summary>
    public int? MaxEpochs { get; init; }

    /// <summary>
    /// Rows in a training step, at least 1; with batch normalization at least 2. Smaller batches take more steps and regularize by their noise, larger ones
    /// run faster; a size above the number of rows means one step per epoch. Default: null, the architecture's own: 64, and 256 for
    /// <see cref="RealMlpArchitecture"/>, which for a regression takes 128 below 2,048 training rows and 64 below 1,024.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// Whether the rows of an epoch that do not fill its last batch are left out of it (true), other rows in each epoch, so that no step is taken on a few rows
    /// alone at full size; or make a smaller batch (false). Where there are fewer rows than <see cref="BatchSize"/>, they are one batch either way. Default: null,
    /// the architecture's own: false, and true for <see cref="RealMlpArchitecture"/>.
    /// </summary>
    public bool? DropsLastBatch { get; init; }

    /// <summary>
    /// The optimizer: how a step is computed from its gradient. Default: null, the architecture's own: <see cref="AdamOptimizer"/>, which with the recipe's
    /// weight decay is AdamW; for <see cref="RealMlpArchitecture"/> with a beta2 of 0.95.
    /// </summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>
    /// Step size of the optimizer, above 0: with a smaller rate training is slower but ends closer to the minimum; with too large a rate it diverges.
    /// <see cref="NeuralNetworkTrainer{TTransformer, TModel}.FindLearningRate"/> suggests one. Its product with the recipe's weight decay must be below 1.
    /// Default: null, which goes by architecture, task and optimizer: for Adam 0.001, for <see cref="MlpArchitecture"/> with numbers to predict 0.003, and for
    /// <see cref="RealMlpArchitecture"/> 0.04 for classes and 0.2 for numbers; for RMSprop 0.001; for SGD 0.03.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// How the learning rate changes over the run, which is meant to have <see cref="MaxEpochs"/> epochs. Default: null, the
    /// architecture's own: <see cref="ConstantSchedule"/>, and <see cref="LogCosineSchedule"/> for <see cref="RealMlpArchitecture"/>.
    /// </summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// Rows to validate on, with the columns that the training rows have when they reach the trainer. Takes precedence over every other source of validation
    /// rows. Default: null.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// The share of training rows to validate on when there is neither a <see cref="ValidationSet"/> nor a <see cref="HoldOutOptions">HoldOut</see> before
    /// the trainer: from 0 (none) to below 1, of each class: see <see cref="HoldOutOptions.StratificationColumnName"/>. A class with a single row stays in
    /// training. Default: null, which means 0.2 where the recipe stops early, and 0 where it does not.
    /// </summary>
    public double? ValidationFraction { get; init; }

    /// <summary>
    /// Whether training rows are kept in memory or, because they do not fit, read again in every epoch; with the same order of rows the model is the same,
    /// bit for bit. Default: <see cref="DataCaching.Auto"/>.
    /// </summary>
    public DataCaching DataCaching { get; init; } = DataCaching.Auto;

    /// <summary>
    /// Rows of the pool that shuffles rows which are not kept in memory, at least 1 (no shuffling). Each row goes from the pool in random order, and the next
    /// one takes its place; a pool of as many rows as there are shuffles uniformly. Rows that are sorted over stretches longer than the pool should be
    /// shuffled before. Memory: this times the row's numbers, of 4 bytes. Default: 65,536.
    /// </summary>
    public int ShufflePoolRows { get; init; } = RowCaching.DefaultPoolRows;

    /// <summary>
    /// Whether the process keeps the native memory that training frees, for the next step, and gives it back to the system when the last fit that asks for it
    /// has ended (true); or leaves it to the allocator (false), which gives large blocks back with every step and faults them in again. On Linux with
    /// glibc, keeping makes networks of convolutions train 1.1 to 1.7 times as fast and transformers up to 1.1 times, and takes up to half as much memory again at its peak, while less is left
    /// taken after it; elsewhere the option does nothing. The allocator is that of the whole process: while a fit runs, what other threads free is kept too,
    /// and from then on thresholds of 32 MB for blocks of their own and 64 MB for trimming hold, the most that glibc sets by itself. Where the program has
    /// set it up, by environment variables (<c>MALLOC_..._</c>, <c>GLIBC_TUNABLES</c>), by <c>mallopt</c> before its first fit or by an allocator of its own,
    /// it is left alone; a program that calls <c>mallopt</c> later takes false. A process of more than 2 GB is not searched for free memory after
    /// the fit, which would take long: only what lies together is given back. The model is the same either way, bit for bit. Default: null, which means true
    /// for networks of convolutions and transformers and false for all others, which gain nothing.
    /// </summary>
    public bool? KeepMemory { get; init; }

    /// <summary>
    /// Seed of initial weights, order of rows and noise. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has
    /// none, a random one for each trainer. The same seed, rows and number of threads give the same weights, bit for bit, whatever else the process does.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Time limit of <c>Fit</c>, above 0: training ends at the next step once it is reached. The time includes reading and scaling the rows, training,
    /// validation and retraining on all rows. The model then has the best weights so far; before the first epoch is complete there are none, and
    /// <see cref="TimeoutException"/> is thrown. Schedules, weight averaging and <see cref="RegularizationRecipe.UnmixedEpochs"/>, which follow the share of
    /// <see cref="MaxEpochs"/> that is done, follow the share of the time that is used wherever it is the greater one: a run that ends by its limit has
    /// annealed by then. (<see cref="StepSchedule"/> and <see cref="ExponentialSchedule"/> count epochs only.) So the same seed gives the same weights only
    /// without a limit. Default: null, never.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Keeps the state of training in a folder, from which an interrupted run resumes automatically: see <see cref="CheckpointOptions"/>. Default: null,
    /// nothing is kept.
    /// </summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// Ends training, as converged, after an epoch whose mean gradient norm is at most this. At least 0 (only where there is no gradient at all).
    /// Default: null, never.
    /// </summary>
    public double? GradientTolerance { get; init; }

    /// <summary>Receives a report after every complete epoch, on the training thread. Default: null.</summary>
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>
    /// Ends training at the next batch; the model then has the best weights so far. So does ML.NET's own cancellation of a context. Before the first epoch is
    /// complete there is no model yet, and <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Settings of the caching that only tests change; the mode and the pool come from the options.</summary>
    internal RowCaching RowCaching { get; init; } = new();

    /// <summary>The clock of <see cref="TimeLimit"/> and reports, which tests replace.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>See <see cref="TrainingSettings.PauseShare"/>. Networks that are trained together, or that teach another one, do not pause.</summary>
    internal double? PauseShare { get; init; }

    /// <summary>See <see cref="TrainingSettings.MultipliesSparseRows"/>.</summary>
    internal bool MultipliesSparseRows { get; init; } = true;
}
