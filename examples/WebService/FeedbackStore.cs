using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace WebService;

/// <summary>Credits of which it became known how they went, in a SQLite file.</summary>
internal sealed class FeedbackStore
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _connection;

    public FeedbackStore(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        Execute("CREATE TABLE IF NOT EXISTS feedback (id INTEGER PRIMARY KEY, received TEXT NOT NULL, credit TEXT NOT NULL)", command => command.ExecuteNonQuery());
    }

    public void Add(Credit credit) => Execute(
        "INSERT INTO feedback (received, credit) VALUES ($received, $credit)",
        command =>
        {
            command.Parameters.AddWithValue("$received", DateTimeOffset.UtcNow.ToString("O"));
            command.Parameters.AddWithValue("$credit", JsonSerializer.Serialize(credit, Json));
            return command.ExecuteNonQuery();
        });

    public long Count() => Execute("SELECT COUNT(*) FROM feedback", command => (long)command.ExecuteScalar()!);

    /// <summary>All credits, in the order in which they came.</summary>
    public List<Credit> Read() => Execute("SELECT credit FROM feedback ORDER BY id", command =>
    {
        using var reader = command.ExecuteReader();
        var credits = new List<Credit>();
        while (reader.Read())
            credits.Add(JsonSerializer.Deserialize<Credit>(reader.GetString(0), Json)!);
        return credits;
    });

    private T Execute<T>(string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }
}
