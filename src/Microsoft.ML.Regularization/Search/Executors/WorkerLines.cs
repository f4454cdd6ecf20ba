namespace Microsoft.ML.Regularization.Search;

/// <summary>The lines that a search and its worker processes exchange. A program may write lines of its own, which are not for the other side.</summary>
internal static class WorkerLines
{
    /// <summary>The worker can be asked.</summary>
    public const string Ready = "regularization worker ready";

    /// <summary>Asks the worker to interrupt its trial.</summary>
    public const string Cancel = "cancel";

    /// <summary>The worker has ended an epoch.</summary>
    public const string Epoch = "regularization epoch";

    /// <summary>Stands before a reply.</summary>
    public const string Reply = "regularization trial ";
}
