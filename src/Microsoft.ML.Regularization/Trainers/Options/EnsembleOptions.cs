namespace Microsoft.ML.Regularization;

/// <content>The options about several networks.</content>
public sealed partial record NeuralNetworkOptions
{
    /// <summary>
    /// How many networks to train on the same rows, from 1 to 1024, with initial weights, order of rows and noise of their own; the model predicts the mean of
    /// their probabilities, or of their numbers, which errs less than one of them (Lakshminarayanan, Pritzel and Blundell, "Simple and scalable predictive
    /// uncertainty estimation using deep ensembles", 2017). They are trained side by side, a processor for each, and each costs the time and memory of a
    /// network. All have the weights of the epoch in which their mean prediction was the best. Default: null, which means 1.
    /// </summary>
    public int? Members { get; init; }

    /// <summary>
    /// Trains many networks at once, each with settings of its own, and selects an ensemble of them. It needs validation rows or <see cref="Folds"/>.
    /// Default: null, no pack.
    /// </summary>
    public PackOptions? Pack { get; init; }

    /// <summary>
    /// Splits the training rows into so many folds, from 2 to 1024, and trains <see cref="Members"/> networks for each (together at most 1024), on the
    /// rows of all other folds; they validate, and stop early, on their own fold. The model predicts the mean of all networks: a bag by cross-validation, in
    /// which every row is trained on and every
    /// row is validated on, which pays where rows are few. Classes are spread evenly; a class with fewer rows than folds is missing from the validation rows of
    /// some folds, one with a single row from the training rows of one. <see cref="TrainingHistory.OutOfFoldMetrics"/> are the metrics over all rows. Rows are
    /// kept in memory; other validation rows, retraining on all rows, training on from a model, and augmentations before the trainer (those of the recipe
    /// are fine) are refused. Default: null, no folds.
    /// </summary>
    public int? Folds { get; init; }

    /// <summary>
    /// Column of groups whose rows come to the same fold, such as the rows of a customer: a key, text, an integer or a float. Rows whose group is missing (a
    /// missing key, empty text, NaN) are each a group of their own. Only with <see cref="Folds"/>. Default: null, no groups.
    /// </summary>
    public string? SamplingKeyColumnName { get; init; }

    /// <summary>
    /// Trains one network of this architecture, the student, on what the trained networks, its teacher, predict: the model holds only the student, which scores
    /// as fast as one small network does (Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015). It learns the teacher's calibrated
    /// probabilities or numbers mixed with the labels, with <see cref="Folds"/> those of networks that have not seen the row; stops early by the labels of
    /// validation rows, with folds those of the first; and is calibrated as any network.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The teacher is what the other options describe: <see cref="Members"/> above 1, <see cref="Folds"/>, a <see cref="Pack"/>, or what the
    /// <see cref="Effort"/> finds right for the rows, of many rows a single network too. The settings of training are its own; a student of the same kind of
    /// architecture takes them over, one of another kind has the defaults of its architecture, and the recipe's
    /// <see cref="RegularizationRecipe.Augmentations"/>. <see cref="RegularizationRecipe.LabelSmoothing"/> is left to the teacher, retraining on all rows
    /// (<see cref="EarlyStopping.RetrainsOnAllRows"/>) to the student, where it is the default.
    /// </para>
    /// <para>
    /// <see cref="TrainingHistory.Teacher"/> tells how the teacher was trained, and reports with <see cref="EpochReport.IsStudent"/> are the student's. Of a
    /// <see cref="TimeLimit"/> the teacher has four fifths at most. Where training is cancelled, or its time is over, before the student has completed an epoch,
    /// the model is the teacher, with a warning. Refused are rows that are not kept in memory, training on from a model, augmentations before the trainer,
    /// and for classes a <see cref="Loss"/> that takes hard labels only.
    /// </para>
    /// </remarks>
    /// <value>Default: null, the model is the trained networks themselves.</value>
    public NetworkArchitecture? DistillInto { get; init; }
}
